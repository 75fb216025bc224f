package dev.holdfast.it.architecture;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the size rules need to know of one source file, as the compiler's own parser sees it.
 *
 * @param path relative to the project
 * @param lines the lines as they are
 * @param codeLines the numbers (from 1) of the lines that hold more than comment and blank
 * @param types top-level types
 * @param methods all methods and constructors, nested ones too
 * @param patternSwitchesWithDefault lines of switches over types that have a default all the same
 */
record Source(
    Path path,
    List<String> lines,
    List<Integer> codeLines,
    List<Type> types,
    List<Method> methods,
    List<Long> patternSwitchesWithDefault) {

  /**
   * A top-level type.
   *
   * @param name simple name
   * @param isPublic whether other packages see it
   */
  record Type(String name, boolean isPublic) {}

  /**
   * A method or constructor.
   *
   * @param name its name, the type's for a constructor
   * @param line where its declaration begins
   * @param codeLines how many lines of code from declaration to closing brace
   */
  record Method(String name, long line, int codeLines) {}

  /** Parses all files at once. */
  static List<Source> parse(Path root, List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<Path, Source> parsed = new TreeMap<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        Path path = Path.of(unit.getSourceFile().toUri());
        parsed.put(path, read(root.relativize(path), Files.readString(path), unit, positions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(parsed.values());
  }

  private static Source read(
      Path path, String text, CompilationUnitTree unit, SourcePositions positions) {
    List<Integer> code = codeLines(text);
    List<Type> types = new ArrayList<>();
    for (Tree tree : unit.getTypeDecls()) {
      if (tree instanceof ClassTree type) {
        types.add(
            new Type(
                type.getSimpleName().toString(),
                type.getModifiers().getFlags().contains(Modifier.PUBLIC)));
      }
    }
    var collector = new Collector(unit, positions, code);
    collector.scan(unit, null);
    return new Source(
        path, text.lines().toList(), code, types, collector.methods, collector.switches);
  }

  /** Walks one file. */
  private static final class Collector extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final LineMap map;
    private final SourcePositions positions;
    private final List<Integer> code;
    private final List<Method> methods = new ArrayList<>();
    private final List<Long> switches = new ArrayList<>();
    private String type = "";

    Collector(CompilationUnitTree unit, SourcePositions positions, List<Integer> code) {
      this.unit = unit;
      this.map = unit.getLineMap();
      this.positions = positions;
      this.code = code;
    }

    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
      String outer = type;
      type = tree.getSimpleName().toString();
      super.visitClass(tree, nothing);
      type = outer;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void nothing) {
      long first = map.getLineNumber(positions.getStartPosition(unit, tree));
      long last = map.getLineNumber(positions.getEndPosition(unit, tree));
      int size = (int) code.stream().filter(line -> line >= first && line <= last).count();
      String name = tree.getName().contentEquals("<init>") ? type : tree.getName().toString();
      methods.add(new Method(name, first, size));
      return super.visitMethod(tree, nothing);
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void nothing) {
      look(tree, tree.getCases());
      return super.visitSwitch(tree, nothing);
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree tree, Void nothing) {
      look(tree, tree.getCases());
      return super.visitSwitchExpression(tree, nothing);
    }

    private void look(Tree tree, List<? extends CaseTree> cases) {
      var labels = cases.stream().flatMap(c -> c.getLabels().stream()).toList();
      boolean onTypes = labels.stream().anyMatch(PatternCaseLabelTree.class::isInstance);
      boolean withDefault = labels.stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
      if (onTypes && withDefault) {
        switches.add(map.getLineNumber(positions.getStartPosition(unit, tree)));
      }
    }
  }

  /** Numbers of the lines that are neither blank nor comment only. */
  static List<Integer> codeLines(String text) {
    List<Integer> numbers = new ArrayList<>();
    List<String> lines = withoutComments(text).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        numbers.add(i + 1);
      }
    }
    return numbers;
  }

  /** The text with every comment blanked out and every line break kept. */
  static String withoutComments(String text) {
    var out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = tokenEnd(text, at);
      boolean comment = text.startsWith("//", at) || text.startsWith("/*", at);
      String token = text.substring(at, end);
      out.append(comment ? token.replaceAll("[^\\n]", " ") : token);
      at = end;
    }
    return out.toString();
  }

  /** End of the comment, literal or single character that begins at {@code at}. */
  private static int tokenEnd(String text, int at) {
    if (text.startsWith("//", at)) {
      return endOr(text.indexOf('\n', at), 0, text);
    }
    if (text.startsWith("/*", at)) {
      return endOr(text.indexOf("*/", at + 2), 2, text);
    }
    if (text.startsWith("\"\"\"", at)) {
      return literalEnd(text, at + 3, "\"\"\"");
    }
    char c = text.charAt(at);
    return c == '"' || c == '\'' ? literalEnd(text, at + 1, String.valueOf(c)) : at + 1;
  }

  private static int literalEnd(String text, int from, String quote) {
    int at = from;
    while (at < text.length() && !text.startsWith(quote, at)) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + quote.length(), text.length());
  }

  private static int endOr(int found, int plus, String text) {
    return found < 0 ? text.length() : found + plus;
  }
}
