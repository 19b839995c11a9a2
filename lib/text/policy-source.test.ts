import { expect, test } from "vitest";
import { type PolicySource, readPolicySource } from "@/lib/text/policy-source";
import { textDigest } from "@/lib/text/text-digest";

function read(text: string | Uint8Array): PolicySource {
  const reading = readPolicySource(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.source;
}

function refusal(bytes: Uint8Array | string): string | null {
  const reading = readPolicySource(bytes);
  return reading.ok ? null : reading.message;
}

test("front matter gives title and description and does not stay in the text", () => {
  const source = read('---\ntitle: "Privacy: ours"\ndescription: >\n  What we\n  keep\nlayout: sheet\n---\n\n# Heading\n');
  expect(source).toMatchObject({ title: "Privacy: ours", description: "What we keep", markdown: "# Heading\n", warnings: [] });
});

test.each([
  ["not YAML", "---\ntitle: a: b\n---\ntext", /^The front matter could not be read \(Nested mappings/],
  ["without an end", "---\ntitle: a\n\ntext", /no closing line/],
  ["full of aliases", "---\ntitle: a\na: &a [x]\nb: [*a, *a]\n---\ntext", /could not be read/],
])("front matter %s is kept as text, with a warning", (_, text, warning) => {
  const source = read(text);
  expect(source.markdown).toBe(text);
  expect(source.warnings).toEqual([expect.stringMatching(warning)]);
});

test("a rule at the top is no front matter", () => {
  expect(read("---\n\nText\n\n---\n\nMore")).toMatchObject({ markdown: "---\n\nText\n\n---\n\nMore", warnings: [] });
});

test("a title that is no text is left out with a warning", () => {
  expect(read("---\ntitle: [a]\n---\nText")).toMatchObject({ title: null, warnings: ["The front matter's title is not a text and was left out."] });
});

test("without front matter the first heading of level 1 is the title", () => {
  expect(read("Hello\n\n# The *policy*\n\n# Other").title).toBe("The policy");
  expect(read("## Only a part").title).toBeNull();
});

test("template tags go, words stay, and each is named with its line", () => {
  const source = read("---\ntitle: x\n---\nHi {{ site.name }}!\n\n{% if eu %}For Europe.{% endif %}\n{%- comment -%}secret{%- endcomment -%}\n{% raw %}{{ kept }}{% endraw %} {% open");
  expect(source.markdown).toBe("Hi !\n\nFor Europe.\n\n{{ kept }} {% open");
  expect(source.warnings).toEqual([
    "Template tag on line 4 was left out: {{ site.name }}",
    "Template tag on line 6 was left out: {% if eu %}",
    "Template tag on line 6 was left out: {% endif %}",
    "Template tag on line 7 was left out: {%- comment -%}",
  ]);
});

test("a picture whose source was a tag is gone and its words are kept", () => {
  expect(read('<figure class="c">\n  <img alt="A [map]" src="{% asset_path a/b.png %}" als="x">\n</figure>\n\nText').markdown).toBe("![A \\[map\\]]()\n\nText");
  expect(read("![A map]({% asset_path x %})").markdown).toBe("![A map]()");
});

test("simple HTML becomes Markdown, other HTML stays for the renderer to clean", () => {
  expect(read('See <a class="x" href="https://x.example/a?b=1&amp;c=2">our *terms*</a> and <A HREF="a (b).md">this</A>, <a href="{{ url }}">that</a>.').markdown).toBe(
    "See [our *terms*](https://x.example/a?b=1&c=2) and [this](<a%20(b).md>), that.",
  );
  expect(read("<figure><img src=a.png alt=A><figcaption>b_c</figcaption></figure>").markdown).toBe("![A](a.png)\n\nb\\_c");
  expect(read("<div><a href=x>y</a></div>\n\n`<a href=x>`").markdown).toBe("<div><a href=x>y</a></div>\n\n`<a href=x>`");
  expect(read("a <a href=x>never closed").markdown).toBe("a <a href=x>never closed");
});

test("line ends and byte order mark are settled, and the digest is of the bytes as they came", () => {
  const bytes = new TextEncoder().encode("\uFEFF---\r\ntitle: a\r\n---\r\nb\r\nc\rd");
  expect(read(bytes)).toMatchObject({ title: "a", markdown: "b\nc\nd", sourceDigest: textDigest(bytes) });
});

test("what is not text is refused with what to do", () => {
  expect(refusal(new Uint8Array([0xff, 0xfe, 0x41, 0]))).toBe("This is UTF-16 text. Save it as UTF-8 and try again.");
  expect(refusal(new Uint8Array([0x41, 0xe9, 0x41]))).toMatch(/not UTF-8/);
  expect(refusal(new Uint8Array([0x41, 0x00]))).toMatch(/not a text file/);
  expect(refusal("a\uD800")).toMatch(/broken characters/);
  expect(refusal("---\ntitle: a\n---\n \n")).toBe("There is no text in it.");
  expect(refusal(new Uint8Array())).toBe("There is no text in it.");
});

test.each(["{%", "{{}}", "{% comment %}", "{% raw %}", "<img alt=x>", "<a href=x>", "---\n", "{"])("half a million characters of %j are read", (piece) => {
  expect(readPolicySource(piece.repeat(500_000 / piece.length)).ok).toBeTypeOf("boolean");
}, 30_000);
