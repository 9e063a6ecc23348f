import { fuzzCases } from "../cases/fuzz.ts";

fuzzCases({ messages: 90_000, connections: 10_000 });
