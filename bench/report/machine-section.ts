import { type Machine, wasBusy } from "../machine.ts";

/** Says where, when and with which command figures were taken. */
export function machineText(machine: Machine): string {
  const { date, command, commit, processors, memory, kernel, vault, go, loadBefore, loadAfter } = machine;
  return [
    `Taken with \`${command}\` at commit ${commit}, ${date} UTC: ${processors}, ${memory}, Linux ${kernel}, Vault ${vault}, ${go}.`,
    `Load of the machine before ${loadBefore.toFixed(2)}, behind ${loadAfter.toFixed(2)}.`,
    ...(wasBusy(loadBefore)
      ? ["**Something else was running: only the ratios and the processor time say something.**"]
      : []),
  ].join("\n");
}
