# The ruby launcher: waits for an action, loads it, then speaks the action loop on descriptor 3. The first line is private to this platform:
# {"main": name, "folder": path, "env": {name: text}}, answered with {"ok": true}, or {"ok": false, "check": true, "text": why}.

require 'json'

# Everything of the launcher lives here, so that the action finds the top level empty.
module RtLauncher
  LINK = IO.for_fd(3, 'r+b')
  LINK.sync = true

  module_function

  def start
    line = LINK.gets
    exit!(0) if line.nil?
    init = parse(line)
    export(init['env'])
    Dir.chdir(init['folder'])
    refusal = load_action(File.join(init['folder'], 'main__.rb'))
    return answer(JSON.generate('ok' => false, 'check' => true, 'text' => refusal)) if refusal

    answer('{"ok":true}')
    serve(init['main'])
  end

  # Why the source is refused; nil when it is loaded.
  def load_action(file)
    return 'Zip file does not include main.rb' unless File.file?(file)

    load(file)
    nil
  rescue SyntaxError => e
    e.message.gsub(File.dirname(file) + '/', '').scrub
  end

  def serve(main)
    while (line = LINK.gets)
      payload = {}
      parse(line).each do |name, value|
        if name == 'value' then payload = value
        else ENV["__OW_#{name.upcase}"] = value
        end
      end
      answer(result_of(main, payload))
    end
  end

  # Whatever the action throws, also a wish to exit, is an answer.
  def result_of(main, payload)
    JSON.generate(TOPLEVEL_BINDING.receiver.send(main, payload))
  rescue Exception => e # rubocop:disable Lint/RescueException
    puts "exception: #{e.full_message(highlight: false)}"
    JSON.generate('error' => e.message.to_s.scrub)
  end

  # Output comes before the answer, so that the platform finds it when the answer arrives.
  def answer(text)
    [$stdout, $stderr].each { |stream| stream.flush unless stream.closed? }
    LINK.write("#{text}\n")
  end

  def parse(line)
    JSON.parse(line.force_encoding(Encoding::UTF_8), max_nesting: false)
  end

  def export(env)
    env.each do |name, value|
      ENV[name] = value
    rescue SystemCallError, ArgumentError
      warn "The variable #{name.inspect} cannot be set."
    end
  end
end

$stdout.sync = true
RtLauncher.start
