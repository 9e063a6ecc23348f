package main

import (
	"github.com/hashicorp/vault/sdk/framework"
	"github.com/hashicorp/vault/sdk/logical"
)

// The example of the specification.
func workedExample() sample {
	write := &framework.PathOperation{
		Callback: answer, Summary: "U.", Description: " D. ",
		Examples: []framework.RequestExample{{Data: map[string]interface{}{"ttl": 60}}},
	}
	return sample{"worked example", "demo", []string{"roles/web", "roles", "creds", "creds/x", "raw/x"}, &framework.Backend{
		Help:        "A worked example.",
		BackendType: logical.TypeLogical,
		PathsSpecial: &logical.Paths{
			Root:            []string{"creds*"},
			Unauthenticated: []string{"roles/+"},
		},
		Paths: []*framework.Path{
			{
				Pattern:         "roles/" + framework.GenericNameRegex("name"),
				HelpSynopsis:    "  Manage\n a role. ",
				HelpDescription: "Long text.",
				DisplayAttrs:    &framework.DisplayAttributes{OperationPrefix: "demo", OperationSuffix: "role", Group: "G"},
				Fields: map[string]*framework.FieldSchema{
					"name": {Type: framework.TypeLowerCaseString, Description: "Role name."},
					"ttl":  {Type: framework.TypeDurationSecond, Description: "Lease\n TTL.", Default: "1h"},
					"hosts": {
						Type: framework.TypeCommaStringSlice, Required: true,
						DisplayAttrs: &framework.DisplayAttributes{Name: "Hosts", OperationVerb: "x"},
					},
					"mode":    {Type: framework.TypeString, AllowedValues: []interface{}{"a", "b"}, Deprecated: true},
					"verbose": {Type: framework.TypeBool, Query: true, Description: "Verbose?"},
				},
				ExistenceCheck: exists,
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.ReadOperation: &framework.PathOperation{
						Callback: answer, Summary: "Read it.",
						Responses: map[int][]framework.Response{200: {{
							Description: "OK",
							Fields: map[string]*framework.FieldSchema{
								"ttl": {Type: framework.TypeDurationSecond, Required: true},
							},
						}}},
					},
					logical.CreateOperation: write,
					logical.UpdateOperation: write,
					logical.DeleteOperation: plain(),
				},
			},
			{
				Pattern:      "roles/?",
				HelpSynopsis: "List roles.",
				DisplayAttrs: &framework.DisplayAttributes{OperationPrefix: "demo", OperationSuffix: "roles"},
				Fields:       map[string]*framework.FieldSchema{"after": {Type: framework.TypeString, Query: true}},
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.ListOperation: &framework.PathOperation{Callback: answer, Summary: "List."},
				},
			},
			{
				Pattern:      "creds" + framework.OptionalParamRegex("name"),
				HelpSynopsis: "Creds.",
				Fields:       map[string]*framework.FieldSchema{"name": {Type: framework.TypeString}},
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.UpdateOperation: plain(),
					logical.ListOperation:   plain(),
					logical.ReadOperation:   plain(),
				},
			},
			{
				Pattern:      "raw/.*",
				HelpSynopsis: "Raw.",
				Operations:   map[logical.Operation]framework.OperationHandler{logical.ReadOperation: plain()},
			},
		},
	}}
}

// Every kind of field, as a parameter, in a query, in a body and in an answer.
func kinds() sample {
	display := &framework.DisplayAttributes{
		Name: "Label", Description: "Tip <b>", Value: 0, Sensitive: true, Navigation: true, ItemType: "Item", Group: "G",
		Action: "Do", EditType: "file", Identifier: true, OperationSuffix: "gone",
	}
	all := func() map[string]*framework.FieldSchema {
		return map[string]*framework.FieldSchema{
			"string":         {Type: framework.TypeString, Default: "", DisplayAttrs: display},
			"lower":          {Type: framework.TypeLowerCaseString, Description: " Two\n\n  lines & more. "},
			"name":           {Type: framework.TypeNameString, Deprecated: true, Description: "Old."},
			"int":            {Type: framework.TypeInt, Default: 0, Required: true},
			"int64":          {Type: framework.TypeInt64, Default: 7},
			"bool":           {Type: framework.TypeBool, Default: false},
			"map":            {Type: framework.TypeMap, DisplayAttrs: &framework.DisplayAttributes{OperationVerb: "gone"}},
			"seconds":        {Type: framework.TypeDurationSecond, Default: 30},
			"signed_seconds": {Type: framework.TypeSignedDurationSecond, Default: "-1h"},
			"slice":          {Type: framework.TypeSlice},
			"strings":        {Type: framework.TypeStringSlice, Required: true, Default: []string{"a"}},
			"comma_strings":  {Type: framework.TypeCommaStringSlice},
			"comma_ints":     {Type: framework.TypeCommaIntSlice},
			"pairs":          {Type: framework.TypeKVPairs},
			"header":         {Type: framework.TypeHeader},
			"float":          {Type: framework.TypeFloat, Default: 1.5},
			"time":           {Type: framework.TypeTime},
			"limited":        {Type: framework.TypeInt, AllowedValues: []interface{}{1, 2}},
			"limited_list":   {Type: framework.TypeCommaStringSlice, AllowedValues: []interface{}{"x", "y"}},
			"one_of":         {Type: framework.TypeString, AllowedValues: []interface{}{"x", "y"}, Default: "x"},
		}
	}
	queried := all()
	for _, field := range queried {
		field.Query = true
	}
	everything := func() map[logical.Operation]framework.OperationHandler {
		return map[logical.Operation]framework.OperationHandler{
			logical.ReadOperation: &framework.PathOperation{
				Callback:  answer,
				Responses: map[int][]framework.Response{200: {{Description: "OK", Fields: all()}}},
			},
			logical.UpdateOperation: plain(),
			logical.PatchOperation:  plain(),
			logical.DeleteOperation: plain(),
			logical.ListOperation:   plain(),
		}
	}
	return sample{"kinds", "kinds", []string{"body", "query", "p/1/a", "p/1/a/", "twice/a/b"}, &framework.Backend{
		Help:        "\n All kinds.\nOn two lines. \n\n",
		BackendType: logical.TypeLogical,
		Paths: []*framework.Path{
			{Pattern: "body/?", HelpSynopsis: "Fields in bodies.", Fields: all(), Operations: everything()},
			{Pattern: "query/?", HelpSynopsis: "Fields in queries.", Fields: queried, Operations: everything()},
			{
				Pattern: `p/(?P<int64>[^/]+)/(?P<name>\w(([\w-.]+)?\w)?)/?`,
				Fields: map[string]*framework.FieldSchema{
					"int64": {Type: framework.TypeInt64, Default: 7, DisplayAttrs: display, Query: true},
					"name":  {Type: framework.TypeNameString, Deprecated: true, Description: "The\n name."},
					"more":  {Type: framework.TypeInt},
				},
				Operations: everything(),
			},
			{
				Pattern: "twice/(?P<zed>[^/]+)/(?P<Alpha>[^/]+)",
				Fields: map[string]*framework.FieldSchema{
					"zed":   {Type: framework.TypeString},
					"Alpha": {Type: framework.TypeString},
				},
				Operations: map[logical.Operation]framework.OperationHandler{logical.ReadOperation: plain()},
			},
		},
	}}
}
