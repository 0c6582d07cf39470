import { UsageError } from '../../errors/client-errors.js';

/** An action that answers with its arguments and prints `checking` to stdout. */
export interface KindSample {
  readonly code: string;
  /** The entry point, where a family has no default. */
  readonly main?: string;
}

const javaScript = "function main(args) {\n  console.log('checking');\n  return args;\n}\n";

/** One sample for each family whose sources are text; others need code of the user. */
const samples: Readonly<Record<string, KindSample>> = {
  nodejs: { code: javaScript },
  bun: { code: javaScript },
  deno: { code: "export default (args) => {\n  console.log('checking');\n  return args;\n};\n" },
  python: { code: "def main(args):\n    print('checking')\n    return args\n" },
  php: { code: '<?php\nfunction main(array $args)\n{\n    echo "checking\\n";\n    return (object) $args;\n}\n' },
  ruby: { code: "def main(args)\n  puts 'checking'\n  args\nend\n" },
  perl: { code: 'sub main {\n    my ($args) = @_;\n    print "checking\\n";\n    return $args;\n}\n1;\n' },
  go: {
    code: 'package main\n\nimport "fmt"\n\nfunc Main(args map[string]interface{}) map[string]interface{} {\n\tfmt.Println("checking")\n\treturn args\n}\n',
  },
  java: {
    code: 'import com.google.gson.JsonObject;\n\npublic class Check {\n    public static JsonObject main(JsonObject args) {\n        System.out.println("checking");\n        return args;\n    }\n}\n',
    main: 'Check',
  },
  rust: {
    code: 'use serde_json::{Error, Value};\n\npub fn main(args: Value) -> Result<Value, Error> {\n    println!("checking");\n    Ok(args)\n}\n',
  },
  swift: { code: 'func main(args: Any) -> Any {\n    print("checking")\n    return args\n}\n' },
};

/** The sample of a family. Throws UsageError for one that has none. */
export function requireSample(family: string): KindSample {
  const sample = samples[family];
  if (sample !== undefined) return sample;
  throw new UsageError(`there is no sample for ${family}`, { hint: 'give code of your own with --code FILE' });
}
