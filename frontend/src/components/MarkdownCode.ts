import type { Element, ElementContent, Root } from "hast";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import go from "highlight.js/lib/languages/go";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import php from "highlight.js/lib/languages/php";
import python from "highlight.js/lib/languages/python";
import r from "highlight.js/lib/languages/r";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import swift from "highlight.js/lib/languages/swift";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";

const colours = createLowlight({
  bash, c, cpp, csharp, css, diff, go, java, javascript, json, kotlin, php, python, r, ruby, rust, sql, swift,
  typescript, xml, yaml,
}); // prettier-ignore

/** The words of program text in blocks that name a language we know. Others stay as they are. */
export function inColours() {
  return (tree: Root): void => {
    for (const code of blocksOf(tree)) {
      const language = languageOf(code);
      if (!language || !colours.registered(language)) continue;
      const text = code.children.map((child) => (child.type === "text" ? child.value : "")).join("");
      code.children = colours.highlight(language, text, { prefix: "hl-" }).children as ElementContent[];
    }
  };
}

function blocksOf(node: Root | Element): Element[] {
  return node.children.flatMap((child) => {
    if (child.type !== "element") return [];
    if (child.tagName !== "pre") return blocksOf(child);
    return child.children.filter((one): one is Element => one.type === "element" && one.tagName === "code");
  });
}

function languageOf(code: Element): string | undefined {
  const classes = code.properties["className"];
  const named = Array.isArray(classes) ? classes.map(String).find((one) => one.startsWith("language-")) : "";
  return named?.slice("language-".length).toLowerCase();
}
