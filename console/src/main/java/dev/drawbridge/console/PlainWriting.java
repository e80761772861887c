package dev.drawbridge.console;

import java.util.Set;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.IText;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/// Takes what cannot be seen, and what turns the direction of a text, out of every text of every page: a stranger's
/// name
/// must not turn around what stands beside it, which `bdi` alone does not prevent
/// ([Unicode TR36 §2.1](https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing)). What writing needs stays:
/// joiners, and marks that say which way the next letter goes. Values of forms are left as they are.
final class PlainWriting implements IPostProcessorDialect {
    private static final int LATE = 1_000;

    @Override
    public String getName() {
        return "plain writing";
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return LATE;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Handler.class, LATE));
    }

    /// A text without them.
    static String of(String text) {
        return text.chars().anyMatch(PlainWriting::isHidden)
                ? text.codePoints()
                        .filter(c -> !isHidden(c))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    private static boolean isHidden(int c) {
        boolean turns = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        boolean nothing = c == 0x200b || c == 0x2060 || c == 0xfeff;
        boolean control = c < 0x20 && c != '\n' && c != '\r' && c != '\t' || c >= 0x7f && c < 0xa0;
        return turns || nothing || control;
    }

    /// Made by the template engine, once for each page.
    public static final class Handler extends AbstractTemplateHandler {
        @Override
        public void handleText(IText text) {
            String written = text.getText();
            String plain = of(written);
            super.handleText(
                    plain.equals(written)
                            ? text
                            : getContext().getModelFactory().createText(plain));
        }
    }
}
