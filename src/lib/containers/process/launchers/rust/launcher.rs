//! The rust launcher: the action loop around the action. Requests come on descriptor 0, answers go to descriptor 3.

use std::env;
use std::fs::File;
use std::io::{self, BufRead, Write};
use std::os::unix::io::FromRawFd;

use actions::RT_MAIN as action;
use serde_json::{json, Value};

fn answer(out: &mut File, value: &Value) -> io::Result<()> {
    io::stdout().flush()?;
    let mut line = value.to_string();
    line.push('\n');
    out.write_all(line.as_bytes())
}

fn run(line: &str) -> Result<Value, serde_json::Error> {
    let mut request: Value = serde_json::from_str(line)?;
    let mut value = json!({});
    if let Some(members) = request.as_object_mut() {
        for (name, member) in members.iter_mut() {
            if name == "value" {
                value = member.take();
                continue;
            }
            let text = match member {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            env::set_var(format!("__OW_{}", name.to_uppercase()), text);
        }
    }
    action(value)
}

fn main() -> io::Result<()> {
    let mut out = unsafe { File::from_raw_fd(3) };
    if env::var("__OW_WAIT_FOR_ACK").map(|text| !text.is_empty()).unwrap_or(false) {
        answer(&mut out, &json!({"ok": true}))?;
    }
    for line in io::stdin().lock().lines() {
        match run(&line?) {
            Ok(result) => answer(&mut out, &result)?,
            Err(error) => {
                // The official launcher answers twice here, which breaks every later answer.
                eprintln!("error: {}", error);
                answer(&mut out, &json!({"error": error.to_string()}))?;
            }
        }
    }
    Ok(())
}
