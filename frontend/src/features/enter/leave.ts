import { signOut, type Standing } from "@/api/auth";

/** Give up what is half done, and start at the door again. */
export async function leave(): Promise<Standing> {
  await signOut();
  return { state: "out" };
}
