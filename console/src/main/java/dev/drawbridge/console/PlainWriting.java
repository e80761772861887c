package dev.drawbridge.console;

import dev.drawbridge.model.page.PlainText;
import java.util.Set;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.IText;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/// Makes every text of every page a [PlainText]. Values of forms are left as they are.
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

    /// Made by the template engine, once for each page.
    public static final class Handler extends AbstractTemplateHandler {
        @Override
        public void handleText(IText text) {
            String written = text.getText();
            String plain = PlainText.of(written);
            super.handleText(
                    plain.equals(written)
                            ? text
                            : getContext().getModelFactory().createText(plain));
        }
    }
}
