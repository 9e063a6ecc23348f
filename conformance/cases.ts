import { authLoginCases } from "./cases/auth-login.ts";
import { authRenewalCases } from "./cases/auth-renewal.ts";
import { authSharedSecretCases } from "./cases/auth-shared-secret.ts";
import { authThrottleCases } from "./cases/auth-throttle.ts";
import { authUserCases } from "./cases/auth-users.ts";
import { catalogueCases } from "./cases/catalogue.ts";
import { isolationCases } from "./cases/isolation.ts";
import { kvCases } from "./cases/kv.ts";
import { leaseCases } from "./cases/leases.ts";
import { lifecycleCases } from "./cases/lifecycle.ts";
import { robustnessCases } from "./cases/robustness.ts";
import { totpCases } from "./cases/totp.ts";
import type { Cases } from "./suite.ts";

/** What every server must show with our plugins. */
export const everyServer: readonly Cases[] = [
  catalogueCases,
  kvCases,
  leaseCases,
  totpCases,
  authUserCases,
  authLoginCases,
  authRenewalCases,
  authThrottleCases,
  authSharedSecretCases,
  isolationCases,
  robustnessCases,
  lifecycleCases,
];
