import { findProgram } from "@/lib/data/program-keys";
import type { ProgramActor } from "@/lib/domain/actor";

/** The host application behind an API key, or null when the key is unknown or revoked. */
export const identifyProgram = (apiKey: string): Promise<ProgramActor | null> => findProgram(apiKey);
