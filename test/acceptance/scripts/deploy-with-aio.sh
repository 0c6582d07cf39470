#!/bin/sh
# Deploys a greeter with aio's runtime plugin, tries it, and takes it down again. Everything here is the spelling of aio.
set -eu
export USE_RUNTIME_AUTH=true

cat > greet.js <<'CODE'
function main(params) {
  return { greeting: params.word + ' ' + (params.name || 'stranger'), token: process.env.TOKEN };
}
CODE
cat > shout.js <<'CODE'
function main({ greeting }) {
  return { greeting: String(greeting).toUpperCase() };
}
CODE
cat > fail.js <<'CODE'
function main() {
  return { error: 'deliberate' };
}
CODE
echo '{"word": "Hello"}' > params.json
echo '{"description": "greets"}' > annotations.json

json() { node -e 'const d = JSON.parse(require("fs").readFileSync(0, "utf8")); console.log(JSON.stringify(eval(process.argv[1])))' "$1"; }

deploy() {
  aio rt package create greeter --param word Hi --shared yes
  aio rt:action:create greeter/greet greet.js --kind nodejs:default --env TOKEN abc --timeout 5000 --memory 128 --logsize 1
  aio runtime action update greeter/greet -P params.json -A annotations.json --env TOKEN abc
  aio rt action create greeter/shout shout.js --web true
  aio rt action create loud --sequence greeter/greet,greeter/shout
  aio rt:trigger:create visit --param name Ann
  aio runtime rule create on-visit visit loud
}

deploy > deploy.log

aio rt action list greeter --json | json 'd.map((a) => a.name).sort()'
aio rt action get greeter/greet --json | json '[d.limits.timeout, d.limits.memory, d.limits.logs]'
aio rt action get greeter/greet --json | json 'd.annotations.find((a) => a.key === "description").value'
aio rt action get greeter/shout --url | tail -n 1 | sed 's,^.*/api,/api,'
aio rt action get greeter/greet --code | head -n 1

aio rt action invoke greeter/greet --result --param name Bob | json 'd'
aio runtime:action:invoke loud -r | json 'd'
aio rt action invoke greeter/greet --blocking --param name Eve --json | json 'd.response.result.greeting'

aio rt rule status on-visit --quiet
aio rt rule disable on-visit > rule.log
aio rt rule list --json | json 'd.map((r) => [r.name, r.status])'
aio rt rule enable on-visit > rule.log
aio rt trigger fire visit --json | json '/^[0-9a-f]{32}$/.test(d.activationId)'

aio rt action create fail fail.js > fail.log
status=0
aio rt action invoke fail -r 2> fail.json || status=$?
echo "a failing action exits with $status"
json 'd.error' < fail.json
aio rt action del fail > fail.log

aio rt ns list --json | json 'd'
aio rt rule delete on-visit > delete.log
aio rt trigger delete visit > delete.log
aio rt action delete loud > delete.log
aio rt pkg delete greeter --recursive --force > delete.log
aio rt package list --json | json 'd'
aio rt action list --count
