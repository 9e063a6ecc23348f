import { killCases } from "../cases/kills.ts";

killCases({ kills: 5 });
