export { blobs, pageHash, pageSize, signAdHoc } from "../../../packages/vaultwright/src/compile/mach-o/sign.ts";
