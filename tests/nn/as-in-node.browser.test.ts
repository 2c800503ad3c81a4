/** What these tests say of networks in Node holds in Chromium as well. */
import "./cnn.test.ts";
import "./gan.test.ts";
import "./sampling.test.ts";
import "./schedules.test.ts";
