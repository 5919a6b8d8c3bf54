package org.uidnet.netd.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a screen, with a profile of its own that ends with it. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long GLANCE_NANOS = 50_000_000;
  private static final int MOST_LOOKS = 10;
  private static final String EMULATE_SIZE = "Emulation.setDeviceMetricsOverride";
  private static final String EMULATE_MEDIA = "Emulation.setEmulatedMedia";

  private static final String RUN_AXE =
      "const done = arguments[arguments.length - 1];"
          + "axe.run().then(results => done(results.violations.map(violation =>"
          + " violation.id + ': ' + violation.nodes.map(node => node.html).join(' '))));";

  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path profile) {
    this.profile = profile;
    driver = new ChromeDriver(service(), options(profile));
  }

  /** One with a window for a desk. */
  static Browser open() {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "needs Debian's packages chromium and chromium-driver");
    try {
      Browser browser = new Browser(Files.createTempDirectory("uidnet-chromium"));
      browser.resize(1440, 900);
      return browser;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ChromeDriverService service() {
    return new ChromeDriverService.Builder()
        .usingDriverExecutable(DRIVER.toFile())
        .usingAnyFreePort()
        .build();
  }

  private static ChromeOptions options(Path profile) {
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    // Root has no sandbox; the page is ours.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu");
    options.addArguments("--disable-dev-shm-usage", "--user-data-dir=" + profile);
    return options;
  }

  /** As if the screen had this size. */
  void resize(int width, int height) {
    driver.executeCdpCommand(
        EMULATE_SIZE,
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** As if the system were dark. */
  void darken() {
    var dark = Map.of("name", "prefers-color-scheme", "value", "dark");
    driver.executeCdpCommand(EMULATE_MEDIA, Map.of("features", List.of(dark)));
  }

  void show(String url) {
    driver.get(url);
  }

  void reload() {
    driver.navigate().refresh();
  }

  String url() {
    return String.valueOf(driver.getCurrentUrl());
  }

  /** The text of the first that a selector finds; empty if it is not there. */
  String text(String selector) {
    try {
      return driver.findElements(By.cssSelector(selector)).stream()
          .findFirst()
          .map(WebElement::getText)
          .orElse("");
    } catch (StaleElementReferenceException e) {
      return ""; // it was just replaced
    }
  }

  /** Looks again if what was found is replaced meanwhile, as rows are every second. */
  boolean sees(String selector) {
    for (int look = 1; ; look++) {
      try {
        return driver.findElements(By.cssSelector(selector)).stream()
            .anyMatch(WebElement::isDisplayed);
      } catch (StaleElementReferenceException e) {
        if (look == MOST_LOOKS) {
          throw e;
        }
      }
    }
  }

  void awaitText(String selector, String part) {
    await(() -> text(selector).contains(part), () -> selector + " has: " + text(selector));
  }

  void awaitSight(String selector) {
    await(() -> sees(selector), () -> "no " + selector);
  }

  void await(BooleanSupplier condition, Supplier<String> otherwise) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(otherwise.get());
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  void click(String selector) {
    awaitSight(selector);
    driver.findElement(By.cssSelector(selector)).click();
  }

  void type(String selector, CharSequence... keys) {
    driver.findElement(By.cssSelector(selector)).sendKeys(keys);
  }

  /** With the pointer, between two places of an element, from its left edge. */
  void drag(String selector, int from, int to) {
    WebElement element = driver.findElement(By.cssSelector(selector));
    int left = -element.getSize().getWidth() / 2;
    new Actions(driver)
        .moveToElement(element, left + from, 0)
        .clickAndHold()
        .moveByOffset(to - from, 0)
        .release()
        .perform();
  }

  /** What a script answers; the page's policy does not bind it. */
  Object run(String script, Object... arguments) {
    return Objects.requireNonNull(driver.executeScript(script, arguments));
  }

  /** What axe finds wrong, one line each. */
  @SuppressWarnings("unchecked")
  List<String> barriers() {
    driver.executeScript(axe());
    return (List<String>) Objects.requireNonNull(driver.executeAsyncScript(RUN_AXE));
  }

  private static String axe() {
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kept as {@code target/screenshots/NAME.png}. */
  void photograph(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its console has said since this was last asked. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Where pages asked for something since this was last asked. */
  List<String> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(Browser::message)
        .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
        .map(message -> message.at("/params/request/url").asText())
        .filter(url -> url.startsWith("http") || url.startsWith("ws")) // not its own pages
        .toList();
  }

  private static JsonNode message(LogEntry entry) {
    try {
      return new ObjectMapper().readTree(entry.getMessage()).path("message");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(Browser::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(profile).doesNotExist();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
