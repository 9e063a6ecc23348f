import { answerCases } from "./cases/answers.ts";
import { authLoginCases } from "./cases/auth-login.ts";
import { authMountCases } from "./cases/auth-mount.ts";
import { authParameterCases } from "./cases/auth-parameters.ts";
import { authRenewalCases } from "./cases/auth-renewal.ts";
import { authSharedSecretCases } from "./cases/auth-shared-secret.ts";
import { authThrottleCases } from "./cases/auth-throttle.ts";
import { authUserCases } from "./cases/auth-users.ts";
import { cancellationCases } from "./cases/cancellations.ts";
import { catalogueCases } from "./cases/catalogue.ts";
import { hostCases } from "./cases/host.ts";
import { isolationCases } from "./cases/isolation.ts";
import { kvCases } from "./cases/kv.ts";
import { kvFuzzCases } from "./cases/kv-fuzz.ts";
import { kvManyKeysCases } from "./cases/kv-load-many.ts";
import { kvMetadataCases } from "./cases/kv-metadata.ts";
import { kvPatchCases } from "./cases/kv-patches.ts";
import { kvTransferCases } from "./cases/kv-transfer.ts";
import { kvTreeCases } from "./cases/kv-trees.ts";
import { kvUpgradeCases } from "./cases/kv-upgrade.ts";
import { kvVersionCases } from "./cases/kv-versions.ts";
import { leaseCases } from "./cases/leases.ts";
import { lifecycleCases } from "./cases/lifecycle.ts";
import { robustnessCases } from "./cases/robustness.ts";
import { storageCases } from "./cases/storage.ts";
import { systemCases } from "./cases/system.ts";
import { totpCases } from "./cases/totp.ts";
import { totpCodeCases } from "./cases/totp-codes.ts";
import { totpKeyCases } from "./cases/totp-keys.ts";
import { totpMigrationCases } from "./cases/totp-migration.ts";
import { totpRaceCases } from "./cases/totp-race.ts";
import { totpWindowCases } from "./cases/totp-window.ts";
import { upgradeCases } from "./cases/upgrade.ts";
import type { Cases } from "./suite.ts";

/** What every server must show with our plugins. */
export const everyServer: readonly Cases[] = [
  catalogueCases,
  hostCases,
  storageCases,
  systemCases,
  answerCases,
  kvCases,
  kvUpgradeCases,
  kvVersionCases,
  kvPatchCases,
  kvMetadataCases,
  kvTransferCases,
  kvTreeCases,
  kvFuzzCases({ requests: 150 }),
  kvManyKeysCases({ keys: 20 }),
  leaseCases,
  totpCases,
  totpKeyCases,
  totpCodeCases,
  totpMigrationCases,
  totpWindowCases,
  totpRaceCases({ rounds: 20 }),
  authMountCases,
  authUserCases,
  authParameterCases,
  authLoginCases,
  authRenewalCases,
  authThrottleCases,
  authSharedSecretCases,
  isolationCases,
  robustnessCases,
  cancellationCases({ requests: 1_500, perSecond: 1_000, patienceMs: 50 }),
  upgradeCases,
  lifecycleCases,
];
