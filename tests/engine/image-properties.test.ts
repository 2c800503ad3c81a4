import { describeImageProperties } from "./image-properties.ts";

describeImageProperties(31);
