package dev.drawbridge.it.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// How long methods are, by the JDK's own parser.
final class MethodLengths {
    /// @param lines from the first line of the declaration to the closing brace
    record Method(String file, String name, long lines) {}

    private MethodLengths() {}

    /// @param sources by file name
    static List<Method> of(Map<String, String> sources) {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests need a JDK");
        var task = (JavacTask) compiler.getTask(
                null,
                null,
                null,
                List.of(),
                null,
                sources.entrySet().stream()
                        .map(e -> file(e.getKey(), e.getValue()))
                        .toList());
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        var found = new ArrayList<Method>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                LineMap lines = unit.getLineMap();
                String file = unit.getSourceFile().toUri().getPath().substring(1);
                unit.accept(
                        new TreeScanner<Void, Void>() {
                            @Override
                            public Void visitMethod(MethodTree method, Void nothing) {
                                long first = lines.getLineNumber(positions.getStartPosition(unit, method));
                                long end = positions.getEndPosition(unit, method);
                                // what the compiler makes itself (constructors) has no end
                                if (end >= 0) {
                                    found.add(new Method(
                                            file, method.getName().toString(), lines.getLineNumber(end) - first + 1));
                                }
                                return super.visitMethod(method, nothing);
                            }
                        },
                        null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static JavaFileObject file(String name, String source) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name.replace('\\', '/')), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
