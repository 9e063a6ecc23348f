import { fuzzCases } from "../cases/fuzz.ts";

fuzzCases({ messages: 3_000, setups: 200, connections: 300 });
