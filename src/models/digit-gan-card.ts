/** What is known of the shipped forger and detective: their two files, and how good they are. */
import { fields, isList, isNumber, isText } from "./card.ts";

export interface GanFile {
  readonly file: string;
  readonly bytes: number;
  /** SHA-256, in hexadecimal digits. */
  readonly sha256: string;
  readonly parameters: number;
  /** One line for each layer. */
  readonly architecture: readonly string[];
}

/** Computed by onnxruntime from the shipped files. */
export interface GanQuality {
  /** Pictures made for the measurement, and real test pictures beside them. */
  readonly samples: number;
  /** Share of the pictures that the digit network reads with at least 90%; beside it, of real test pictures. */
  readonly recognised: { readonly fake: number; readonly real: number };
  /** Share of the pictures that the digit network reads as each digit. */
  readonly perDigit: readonly number[];
  /** Entropy of these shares over that of ten equal ones: 1 when every digit is made equally often. */
  readonly evenness: number;
  /**
   * Energy distance on the 64 values before the digit network's last layer, test pictures against the pictures made;
   * `real`: against training pictures; `noise`: against pictures of an untrained generator.
   */
  readonly distance: { readonly fake: number; readonly real: number; readonly noise: number };
  /** Share the discriminator judges rightly: of test pictures, of pictures made. */
  readonly discriminator: { readonly real: number; readonly fake: number };
}

export interface GanCard {
  readonly id: "digit-gan";
  readonly name: string;
  readonly task: string;
  readonly limits: string;
  readonly licence: string;
  readonly latent: number;
  readonly generator: GanFile;
  readonly discriminator: GanFile;
  readonly data: {
    readonly name: string;
    readonly about: string;
    readonly licence: string;
    readonly credit: string;
    readonly url: string;
    readonly train: number;
  };
  readonly training: {
    readonly batchSize: number;
    readonly learningRate: number;
    /** One after another; `steady` rounds at the full learning rate, `penalty` the weight of R1. */
    readonly stages: readonly {
      readonly seed: number;
      readonly rounds: number;
      readonly steady: number;
      readonly penalty: number;
    }[];
  };
  readonly quality: GanQuality;
}

const FILE = fields({
  ...{ file: isText, bytes: isNumber, sha256: isText, parameters: isNumber },
  architecture: isList(isText),
});

const STAGE = fields({ seed: isNumber, rounds: isNumber, steady: isNumber, penalty: isNumber });

const isCard = fields({
  ...{ name: isText, task: isText, limits: isText, licence: isText, latent: isNumber },
  id: (value) => value === "digit-gan",
  ...{ generator: FILE, discriminator: FILE },
  data: fields({
    ...{ name: isText, about: isText, licence: isText, credit: isText, url: isText, train: isNumber },
  }),
  training: fields({
    ...{ batchSize: isNumber, learningRate: isNumber },
    stages: (value) => Array.isArray(value) && value.length > 0 && value.every(STAGE),
  }),
  quality: fields({
    samples: isNumber,
    recognised: fields({ fake: isNumber, real: isNumber }),
    perDigit: isList(isNumber),
    evenness: isNumber,
    distance: fields({ fake: isNumber, real: isNumber, noise: isNumber }),
    discriminator: fields({ real: isNumber, fake: isNumber }),
  }),
});

/** The card of a JSON text; `undefined` when something is missing or of another kind. */
export function parseGanCard(text: string): GanCard | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isCard(value) ? (value as GanCard) : undefined;
  } catch {
    return undefined;
  }
}
