package dev.drawbridge.config.demo;

import dev.drawbridge.config.demo.Columns.Column;
import dev.drawbridge.config.demo.Columns.Moment;
import dev.drawbridge.model.spi.HttpReply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells open pages what changed, part by part
/// ([server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html)).
final class DemoStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoStream.class);
    private static final int MOST_WATCHERS = 20;
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_PER_SIGN = 20;

    private final DemoViews views;
    private final Supplier<Optional<Moment>> now;
    private final AtomicInteger watchers = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    /// @param now empty as long as there is nothing to see
    DemoStream(DemoViews views, Supplier<Optional<Moment>> now) {
        this.views = views;
        this.now = now;
    }

    HttpReply follow(Locale language) {
        if (watchers.get() >= MOST_WATCHERS || over.getCount() == 0) {
            return HttpReply.text(503, "too many pages are open\n").with("retry-after", "5");
        }
        return DemoPage.guarded(HttpReply.stream(200, "text/event-stream; charset=utf-8", out -> tell(language, out)))
                .with("cache-control", "no-store")
                .with("x-accel-buffering", "no");
    }

    private void tell(Locale language, OutputStream out) {
        watchers.incrementAndGet();
        try {
            var shown = new HashMap<String, Object>();
            for (int looks = 0; !over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS); looks++) {
                boolean told = tellNews(shown, language, out);
                if (!told && looks % LOOKS_PER_SIGN == 0) {
                    // Whoever has gone is noticed by writing to them.
                    out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                }
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("a page was closed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchers.decrementAndGet();
        }
    }

    /// @param shown what the page has, by part
    private boolean tellNews(Map<String, Object> shown, Locale language, OutputStream out) throws IOException {
        Optional<Moment> moment = now.get();
        if (moment.isEmpty()) {
            return false;
        }
        Moment current = moment.get();
        boolean told = false;
        if (!current.numbers().equals(shown.put("numbers", current.numbers()))) {
            send(out, "numbers", views.whole("demo/numbers", language, Map.of("moment", current)));
            told = true;
        }
        for (Column column : current.columns()) {
            Map<String, Object> model = Map.of("column", column, "limit", DemoForms.LONGEST_TEXT);
            String plug = "plug-" + column.css();
            if (!Boolean.valueOf(column.pulled()).equals(shown.put(plug, column.pulled()))) {
                send(out, plug, views.whole("demo/plug", language, model));
                told = true;
            }
            String posts = "posts-" + column.css();
            var content = List.of(column.cards(), column.followers());
            if (!content.equals(shown.put(posts, content))) {
                send(out, posts, views.whole("demo/posts", language, model));
                told = true;
            }
        }
        return told;
    }

    private static void send(OutputStream out, String part, String markup) throws IOException {
        var event = new StringBuilder("event: ").append(part).append('\n');
        markup.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
        out.write(event.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        over.countDown();
    }
}
