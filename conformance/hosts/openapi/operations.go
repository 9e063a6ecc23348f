package main

import (
	"github.com/hashicorp/vault/sdk/framework"
	"github.com/hashicorp/vault/sdk/logical"
)

// What operations say of themselves.
func operations() sample {
	example := func(id int) *logical.Response {
		return &logical.Response{Data: map[string]interface{}{"id": id}, Warnings: []string{"w"}}
	}
	hidden := &framework.PathOperation{Callback: answer, Unpublished: true}
	write := &framework.PathOperation{
		Callback: answer, Summary: " Write. ", Description: "\nKeeps\n  its lines.\n", Deprecated: true,
		DisplayAttrs: &framework.DisplayAttributes{OperationPrefix: "better", OperationVerb: "Make", OperationSuffix: "It"},
		Examples: []framework.RequestExample{
			{Description: "First.", Data: map[string]interface{}{"a": "1", "nested": map[string]interface{}{"b": []int{1}}}},
			{Data: map[string]interface{}{"a": "2"}},
		},
	}
	fields := map[string]*framework.FieldSchema{"a": {Type: framework.TypeString}}
	return sample{"operations", "my_type", []string{"full/x", "hidden", "anything/x", "anything/x/y"}, &framework.Backend{
		Help:        "Operations.",
		BackendType: logical.TypeLogical,
		PathsSpecial: &logical.Paths{
			Root:              []string{"hidden", "snapshot/"},
			Unauthenticated:   []string{"full/+/", "any*"},
			AllowSnapshotRead: []string{"snapshot"},
		},
		Paths: []*framework.Path{
			{
				Pattern:        "full/" + framework.GenericNameRegex("name"),
				Fields:         map[string]*framework.FieldSchema{"name": {Type: framework.TypeNameString}, "a": fields["a"]},
				ExistenceCheck: exists,
				DisplayAttrs:   &framework.DisplayAttributes{OperationPrefix: "path", OperationVerb: "handle", Navigation: true},
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.CreateOperation:  write,
					logical.UpdateOperation:  write,
					logical.RecoverOperation: plain(),
					logical.ReadOperation: &framework.PathOperation{
						Callback: answer,
						Responses: map[int][]framework.Response{
							202: {
								{Description: "Soon.", Example: example(1)},
								{Description: "Never shown.", Example: example(2)},
								{MediaType: "text/plain", Example: &logical.Response{Redirect: "there"}},
							},
							206: {
								{Description: "Part.", Example: example(3)},
								{Fields: map[string]*framework.FieldSchema{"a": {Type: framework.TypeInt, Description: "An\n a."}}},
							},
							404: {{Description: ""}},
						},
					},
					logical.DeleteOperation: &framework.PathOperation{
						Callback:  answer,
						Responses: map[int][]framework.Response{204: {{Description: "Gone."}}},
					},
					logical.PatchOperation: plain(),
				},
			},
			{
				Pattern:        "hidden/?",
				Fields:         fields,
				ExistenceCheck: exists,
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.CreateOperation: hidden,
					logical.UpdateOperation: hidden,
					logical.ReadOperation:   hidden,
					logical.ListOperation:   plain(),
				},
			},
			{
				Pattern:             "anything/(?P<name>[^/]+)",
				Fields:              map[string]*framework.FieldSchema{"name": {Type: framework.TypeString}},
				TakesArbitraryInput: true,
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.UpdateOperation:  plain(),
					logical.RecoverOperation: plain(),
				},
			},
			{
				Pattern: "anything/(?P<name>[^/]+)/y",
				Fields: map[string]*framework.FieldSchema{
					"name": {Type: framework.TypeString},
					"a":    {Type: framework.TypeString},
				},
				TakesArbitraryInput: true,
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.PatchOperation: &framework.PathOperation{
						Callback: answer,
						Examples: []framework.RequestExample{{Data: map[string]interface{}{"free": true}}},
					},
				},
			},
			{
				Pattern: "snapshot/?",
				Fields:  map[string]*framework.FieldSchema{"zed": {Type: framework.TypeString, Query: true}},
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.ReadOperation:   plain(),
					logical.ListOperation:   plain(),
					logical.DeleteOperation: plain(),
				},
			},
		},
	}}
}

// Patterns of all forms, in which a path has as many names as its attributes say.
func patterns() sample {
	texts := []string{
		`plain`,
		`config/(root|lease)`,
		`creds(/(?P<name>.+))?`,
		`crl(/pem|/der|/delta(/pem|/der)?)?`,
		`role/(?P<name>\w+)(/(?P<sub>.+))?`,
		`foo(?:bar)?`,
		`fooo(|bar)`,
		`(long|longer)`,
		`(a(?P<name>\w+)|b(?P<sub>\w+))`,
		`dot\.ted`,
		`dot[.]tod`,
		`plus\+ed`,
		`optional/?slash`,
		`group(/)?`,
		`empty(/|/bar)`,
		`(login|renew)/?`,
		`/?`,
		`tidy(-status|-cancel)?`,
		`lazy(-x)??`,
		`(?:one)(?:two|three)`,
		`any/.*`,
		`digits/\d+`,
		`plus/x+`,
		`times/x{2,}`,
		`class/[a-z]`,
		`(?P<name>.+)/late`,
		`word\b/x`,
	}
	paths := []*framework.Path{}
	for _, text := range texts {
		paths = append(paths, &framework.Path{
			Pattern:      text,
			HelpSynopsis: "Matches " + text + ".",
			DisplayAttrs: &framework.DisplayAttributes{OperationSuffix: "first|second|Third"},
			Fields: map[string]*framework.FieldSchema{
				"name": {Type: framework.TypeString},
				"sub":  {Type: framework.TypeString},
				"free": {Type: framework.TypeString},
			},
			Operations: map[logical.Operation]framework.OperationHandler{logical.UpdateOperation: plain()},
		})
	}
	return sample{"patterns", "2fa.x", []string{"crl", "crl/pem", "any/x", "group/"}, &framework.Backend{
		Help:        "Patterns.",
		BackendType: logical.TypeLogical,
		Paths:       paths,
	}}
}

// An auth method of few words.
func login() sample {
	return sample{"login", "", []string{"login", "login/bob"}, &framework.Backend{
		Help:         "",
		BackendType:  logical.TypeCredential,
		PathsSpecial: &logical.Paths{Unauthenticated: []string{"login", "login/+", "login/+/*"}},
		Paths: []*framework.Path{
			{
				Pattern:      "login",
				DisplayAttrs: &framework.DisplayAttributes{OperationVerb: "login"},
				Operations:   map[logical.Operation]framework.OperationHandler{logical.UpdateOperation: plain()},
			},
			{
				Pattern:         "login/(?P<user>[^/]+)",
				HelpSynopsis:    "Log in\n as a user.",
				HelpDescription: "\nMany\n\n  lines.\n",
				Fields: map[string]*framework.FieldSchema{
					"user":     {Type: framework.TypeLowerCaseString, Description: "Who.\nExactly."},
					"password": {Type: framework.TypeString, DisplayAttrs: &framework.DisplayAttributes{Sensitive: true}},
					"old":      {Type: framework.TypeSignedDurationSecond, Deprecated: true, Description: "Old\nthing"},
				},
				Operations: map[logical.Operation]framework.OperationHandler{logical.UpdateOperation: plain()},
			},
		},
	}}
}
