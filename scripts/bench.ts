// `npm run bench`: our plugins and Go's side by side in a real Vault; `npm run bench -- --help` says what it can do.
import "../bench/main.ts";
