import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";
import type { PluggableList } from "unified";
import "katex/dist/katex.min.css";

/** Mathematics, with its face. Loaded with the first text that has some. Commands that reach outside are off. */
export const remark: PluggableList = [[remarkMath, { singleDollarTextMath: false }]];
export const rehype: PluggableList = [
  [rehypeKatex, { trust: false, strict: "ignore", maxExpand: 300, maxSize: 40, errorColor: "currentColor" }],
];
