import { type Path, path, t } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import type { Engine } from "../engine.ts";
import { sendEvent } from "../notify.ts";

const search = "Whether secrets can be found by their names and their custom metadata, at search/.";
const effective = "Whether answers about settings have `effective_settings`, which says what applies in the end.";

/** Turns on what the engines in Go do not have and what would change their answers, or show more than a list does. */
export function extensionsPath({ settings }: Engine): Path {
  return path("config/extensions", {
    summary: "Settings of what the engines of Vault and OpenBao do not have.",
    display: { operationPrefix: "kv-v2" },
    fields: { search: t.bool({ description: search }), effective_settings: t.bool({ description: effective }) },
    read: {
      display: { operationVerb: "read", operationSuffix: "extensions" },
      returns: { search: t.bool({ required: true }), effective_settings: t.bool({ required: true }) },
      async handler({ storage }) {
        const { isSearchable, showsEffective } = await settings.read(storage);
        return { data: { search: isSearchable, effective_settings: showsEffective } };
      },
    },
    update: {
      display: { operationVerb: "configure", operationSuffix: "extensions" },
      responses: { 204: { description: "The settings are stored." } },
      async handler(context) {
        const { search, effective_settings } = context.fields;
        const changes = {
          ...(search !== undefined && { isSearchable: search }),
          ...(effective_settings !== undefined && { showsEffective: effective_settings }),
        };
        if (Object.keys(changes).length === 0) return;
        await settings.change(context.storage, changes);
        sendEvent(context, { operation: "config-write", path: "config/extensions", dataPath: "config/extensions" });
        observe(context, "kvv2/config/write");
      },
    },
  });
}
