package dev.drawbridge.it.browser;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/// Every page of the console, and how it is opened so that it has something to show.
record Pages(List<Page> all) {
    private static final String MODULE = "dev.drawbridge.console";

    /// Behind which door a page is.
    enum Door {
        NONE,
        ACCOUNT,
        CONSOLE
    }

    /// @param path as its handler has it
    /// @param query what it is asked with, with `?`; may be empty
    /// @param status what it answers with
    record Page(Door door, String path, String query, int status) {
        static Page open(String path) {
            return new Page(Door.NONE, path, "", 200);
        }

        static Page behind(Door door, String path) {
            return new Page(door, path, "", 200);
        }

        Page asked(String with) {
            return new Page(door, path, "?" + with, status);
        }

        Page answering(int other) {
            return new Page(door, path, query, other);
        }

        String address() {
            return path.replaceAll("\\{[a-z]+}", "anything") + query;
        }

        /// For the picture that is left of it.
        String name() {
            String said = (path.equals("/") ? "first" : path.substring(1)) + (query.isEmpty() ? "" : "-asked");
            return "page-" + said.replaceAll("[^a-z]", "-");
        }
    }

    /// The paths of this list.
    Set<String> paths() {
        return all.stream().map(Page::path).collect(Collectors.toCollection(TreeSet::new));
    }

    List<Page> behind(Door door) {
        return all.stream().filter(page -> page.door() == door).toList();
    }

    /// The paths that handlers of the console answer with a page, read from their annotations: a method that gives the
    /// name of a template answers with a page; one of a form is no page of its own.
    static Set<String> handled() {
        return paths(
                method -> method.getRawReturnType().isEquivalentTo(String.class),
                GetMapping.class,
                RequestMapping.class);
    }

    /// The paths that handlers of the console answer programs with, wherever it runs.
    static Set<String> forPrograms() {
        return paths(
                        method -> !method.getOwner().getSimpleName().equals("LiveController"),
                        GetMapping.class,
                        PostMapping.class,
                        RequestMapping.class)
                .stream()
                .filter(path -> path.startsWith("/api/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> paths(Predicate<JavaMethod> wanted, Class<?>... mappings) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(MODULE).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(wanted)
                        .flatMap(method -> method.getAnnotations().stream())
                        .filter(a -> Arrays.stream(mappings)
                                .anyMatch(mapping -> a.getRawType().isEquivalentTo(mapping)))
                        .flatMap(Pages::paths)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> paths(JavaAnnotation<JavaMethod> annotation) {
        return Stream.of("path", "value")
                .flatMap(name -> annotation.get(name).stream())
                .flatMap(value -> Arrays.stream((String[]) value));
    }
}
