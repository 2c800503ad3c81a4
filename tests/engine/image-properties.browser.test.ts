import { describeImageProperties } from "./image-properties.ts";

// Other cases than in Node, and fewer of them.
describeImageProperties(57, 0.4);
