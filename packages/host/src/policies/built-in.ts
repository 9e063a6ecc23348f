/** What every token may do with itself, unless it is made without the policy `default`. */
export const defaultPolicy = `# Look at, renew and give back the token that asks.
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}

# Ask what the token may do with a path.
path "sys/capabilities-self" {
  capabilities = ["update"]
}

# Keep values that no other token sees.
path "cubbyhole/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}

# Look at the entity that the token is of.
path "identity/entity/id/{{identity.entity.id}}" {
  capabilities = ["read"]
}
path "identity/entity/name/{{identity.entity.name}}" {
  capabilities = ["read"]
}

# Hash data.
path "sys/tools/hash" {
  capabilities = ["update"]
}
path "sys/tools/hash/*" {
  capabilities = ["update"]
}

# Find mounts for command line tools and user interfaces.
path "sys/internal/ui/resultant-acl" {
  capabilities = ["read"]
}

# Look at and renew leases whose id is known.
path "sys/renew" {
  capabilities = ["update"]
}
path "sys/leases/renew" {
  capabilities = ["update"]
}
path "sys/leases/lookup" {
  capabilities = ["update"]
}

# Wrap data, and look at and open what is wrapped.
path "sys/wrapping/wrap" {
  capabilities = ["update"]
}
path "sys/wrapping/lookup" {
  capabilities = ["update"]
}
path "sys/wrapping/unwrap" {
  capabilities = ["update"]
}
`;

/** What a wrapping token may do: open what it wraps. */
export const wrappingPolicy = `path "cubbyhole/response" {
  capabilities = ["create", "read"]
}
path "sys/wrapping/unwrap" {
  capabilities = ["update"]
}
`;
