import { fuzzCases } from "../cases/fuzz.ts";

fuzzCases({ messages: 3_000, connections: 300 });
