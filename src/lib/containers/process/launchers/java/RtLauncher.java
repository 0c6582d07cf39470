import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The java launcher: waits for an action, loads it, then speaks the action loop on descriptor 3. The first line is private to this platform:
 * {"main": name, "folder": path, "env": {name: text}}.
 */
public final class RtLauncher {
    private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private RtLauncher() {}

    public static void main(String[] args) throws Exception {
        FileDescriptor link = openLink();
        BufferedReader requests = new BufferedReader(new InputStreamReader(new FileInputStream(link), StandardCharsets.UTF_8));
        OutputStream answers = new BufferedOutputStream(new FileOutputStream(link));
        String first = requests.readLine();
        if (first == null) {
            return;
        }
        JsonObject init = JsonParser.parseString(first).getAsJsonObject();
        for (Map.Entry<String, JsonElement> variable : init.getAsJsonObject("env").entrySet()) {
            export(variable.getKey(), variable.getValue().getAsString());
        }
        Method action = load(init.get("folder").getAsString(), init.get("main").getAsString());
        answer(answers, "{\"ok\":true}");
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answer(answers, run(action, line));
        }
    }

    /** Descriptor 3 by its number, after a look at what it is: in a JVM that was started without it, it is a file of the JDK. */
    private static FileDescriptor openLink() throws Exception {
        String kind = Files.readSymbolicLink(Paths.get("/proc/self/fd/3")).toString();
        if (!kind.startsWith("socket:") && !kind.startsWith("pipe:")) {
            System.err.println("Descriptor 3 is no link to a platform.");
            System.exit(1);
        }
        Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
        constructor.setAccessible(true);
        return constructor.newInstance(3);
    }

    private static Method load(String folder, String main) throws Exception {
        try {
            int hash = main.indexOf('#');
            String method = hash < 0 || hash == main.length() - 1 ? "main" : main.substring(hash + 1);
            String name = hash < 0 ? main : main.substring(0, hash);
            URLClassLoader loader = new URLClassLoader(classPath(folder), RtLauncher.class.getClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            return find(loader.loadClass(name.equals("main") ? "Main" : name), method);
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.err.flush();
            System.exit(1);
            throw failure;
        }
    }

    private static URL[] classPath(String folder) throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(new File(folder).toURI().toURL());
        File[] files = new File(folder).listFiles();
        for (File file : files == null ? new File[0] : files) {
            if (file.getName().endsWith(".jar")) {
                urls.add(file.toURI().toURL());
            }
        }
        return urls.toArray(new URL[0]);
    }

    private static Method find(Class<?> type, String name) throws NoSuchMethodException {
        for (Class<?> parameter : new Class<?>[] {JsonObject.class, JsonArray.class}) {
            try {
                Method method = type.getMethod(name, parameter);
                if (Modifier.isStatic(method.getModifiers()) && JsonElement.class.isAssignableFrom(method.getReturnType())) {
                    method.setAccessible(true);
                    return method;
                }
            } catch (NoSuchMethodException missing) {
                // The other parameter may fit.
            }
        }
        throw new NoSuchMethodException(type.getName() + "." + name + "(com.google.gson.JsonObject)");
    }

    private static String run(Method action, String line) {
        try {
            JsonObject request = JsonParser.parseString(line).getAsJsonObject();
            JsonElement value = new JsonObject();
            for (Map.Entry<String, JsonElement> member : request.entrySet()) {
                if (member.getKey().equals("value")) {
                    value = member.getValue();
                } else if (member.getValue().isJsonPrimitive()) {
                    export("__OW_" + member.getKey().toUpperCase(), member.getValue().getAsString());
                }
            }
            Object result = action.invoke(null, value);
            if (result == null) {
                System.out.println("the action returned null");
                return error("the action returned null");
            }
            return GSON.toJson((JsonElement) result);
        } catch (InvocationTargetException thrown) {
            thrown.getCause().printStackTrace();
            return error(thrown.getCause().getMessage());
        } catch (Throwable failure) {
            failure.printStackTrace();
            return error(failure.getMessage());
        }
    }

    private static String error(String text) {
        JsonObject result = new JsonObject();
        result.addProperty("error", text);
        return GSON.toJson(result);
    }

    /** System.getenv is a view of a map that can still be written, behind a wrapper that forbids it. */
    @SuppressWarnings("unchecked")
    private static void export(String name, String value) {
        try {
            Map<String, String> environment = System.getenv();
            Field wrapped = environment.getClass().getDeclaredField("m");
            wrapped.setAccessible(true);
            ((Map<String, String>) wrapped.get(environment)).put(name, value);
        } catch (ReflectiveOperationException | RuntimeException failure) {
            System.err.println("The variable " + name + " cannot be set.");
        }
    }

    /** Output comes before the answer, so that the platform finds it when the answer arrives. */
    private static void answer(OutputStream answers, String line) throws Exception {
        System.out.flush();
        System.err.flush();
        answers.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        answers.flush();
    }
}
