<?php
// The php launcher: waits for an action, loads it, then speaks the action loop on descriptor 3. The first line is private to this platform:
// {"main": name, "folder": path, "env": {name: text}}, answered with {"ok": true}, or {"ok": false, "check": true, "text": why}.

(static function () {
    $link = fopen('php://fd/3', 'r+');
    stream_set_blocking($link, true);
    stream_set_write_buffer($link, 0);
    $answer = static function (string $line) use ($link): void {
        fflush(STDOUT);
        fflush(STDERR);
        for ($text = $line . "\n"; $text !== ''; $text = substr($text, $written)) {
            $written = fwrite($link, $text);
            if ($written === false || $written === 0) {
                exit(1);
            }
        }
    };
    $export = static function (string $name, string $value): void {
        if ($name === '' || strpbrk($name, "=\0") !== false) {
            fwrite(STDERR, "The variable '$name' cannot be set.\n");
            return;
        }
        $_ENV[$name] = $value;
        putenv("$name=$value");
    };
    // Files of the action are loaded in a scope without the variables of the launcher.
    $load = static function (): void {
        require func_get_arg(0);
    };
    $refuse = static fn(string $text): string => json_encode(['ok' => false, 'check' => true, 'text' => $text], JSON_INVALID_UTF8_SUBSTITUTE);

    $first = fgets($link);
    if ($first === false) {
        exit(0);
    }
    $init = json_decode($first, true);
    foreach ($init['env'] as $name => $value) {
        $export((string) $name, $value);
    }
    chdir($init['folder']);
    if (!is_file('index.php')) {
        $answer($refuse('Zip file does not include index.php'));
        return;
    }
    try {
        if (is_file('vendor/autoload.php')) {
            $load($init['folder'] . '/vendor/autoload.php');
        }
        $load($init['folder'] . '/index.php');
    } catch (ParseError $error) {
        $answer($refuse(sprintf('PHP Parse error: %s in %s on line %d', $error->getMessage(), basename($error->getFile()), $error->getLine())));
        return;
    } catch (Throwable $error) {
        fwrite(STDERR, (string) $error . "\n");
        exit(1);
    }
    $answer('{"ok":true}');

    $finish = static function ($result): ?string {
        if (is_object($result) && method_exists($result, 'getArrayCopy')) {
            $result = $result->getArrayCopy();
        }
        if ($result !== null && !is_array($result) && !($result instanceof stdClass)) {
            fwrite(STDERR, sprintf("Result must be an array but has type \"%s\": %s\n", gettype($result), print_r($result, true)));
            fwrite(STDOUT, "The action did not return a dictionary or array.\n");
            return null;
        }
        return json_encode((object) $result, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION);
    };
    while (($line = fgets($link)) !== false) {
        $request = json_decode($line, true);
        $value = [];
        foreach (is_array($request) ? $request : [] as $name => $member) {
            if ($name === 'value') {
                $value = $member ?? [];
            } elseif (is_string($member)) {
                $export('__OW_' . strtoupper((string) $name), $member);
            }
        }
        try {
            $text = $finish(($init['main'])($value));
        } catch (Throwable $error) {
            fwrite(STDERR, (string) $error . "\n");
            $text = null;
        }
        // A line that is no object makes the proxy answer 502 with its own text, as that of the official launcher does.
        $answer($text ?? 'false');
    }
})();
