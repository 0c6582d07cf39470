/** The platform answers /whisk.system/alarms itself; only a copy of the action runs this. */
function main() {
  return { error: 'alarms are a part of the platform: use the feeds of /whisk.system/alarms' };
}

exports.main = main;
