#!/bin/sh
# Deploys a small shop with wsk, tries it, and takes it down again. Everything here is the spelling of wsk.
set -eu

cat > price.js <<'CODE'
function main(params) {
  const total = (params.amount || 1) * params.price;
  console.log('total', total);
  return { total, currency: params.currency };
}
CODE
cat > receipt.js <<'CODE'
function main({ total, currency }) {
  return { receipt: total + ' ' + currency };
}
CODE
cat > page.js <<'CODE'
function main({ name }) {
  return { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'welcome ' + (name || 'stranger') };
}
CODE
echo '{"price": 4, "currency": "EUR"}' > defaults.json

deploy() {
  wsk package update shop --param-file defaults.json -a description 'a small shop'
  wsk action update shop/price price.js --kind nodejs:default -t 10000 -m 128
  wsk action update shop/receipt receipt.js
  wsk action update shop/checkout shop/price,shop/receipt --sequence
  wsk action update shop/page page.js --web true
  wsk trigger create ordered -p amount 2
  wsk rule create on-order ordered shop/checkout
}

deploy

wsk action list shop | awk 'NR > 1 { print $1, $2 }' | sort
wsk action get shop/price limits | grep -v '^ok:'
wsk action get shop/page --url | tail -n 1 | sed 's,^.*/api,/api,'

wsk action invoke shop/price --result -p amount 3
wsk action invoke shop/checkout -r --param amount 5
wsk -i action invoke /_/shop/receipt --blocking --result -p total 7 -p currency USD

wsk trigger fire ordered | sed 's/with id .*/with id ID/'
wsk rule status on-order
wsk rule disable on-order
wsk rule status on-order
wsk rule list | awk 'NR > 1 { print $1, $2, $3 }'

id=$(wsk action invoke shop/price -p amount 9 | sed -n 's/^ok: invoked .* with id //p')
tries=0
until wsk activation result "$id" > result.json 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 50 ] || exit 1
  sleep 0.2
done
cat result.json

status=0
wsk action create shop/price price.js 2> error.txt || status=$?
echo "a second create exits with $status"
sed -n '1s/(code .*)/(code ID)/p' error.txt

wsk rule delete on-order
wsk trigger delete ordered
for action in checkout receipt price page; do wsk action delete "shop/$action"; done
wsk package delete shop
wsk action list
