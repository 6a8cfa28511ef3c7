package io.streamforge.cli.view;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A Chromium without a screen, as Debian and Ubuntu install it. */
final class Browser implements AutoCloseable {
  private static final List<String> CHROMIUM =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVER =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");

  private final ChromeDriver driver;

  Browser(URI page) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(find(CHROMIUM).orElseThrow());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,900");
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(find(DRIVER).orElseThrow()))
                .build(),
            options);
    driver.get(page.toString());
  }

  static boolean isInstalled() {
    return find(CHROMIUM).isPresent() && find(DRIVER).isPresent();
  }

  private static Optional<String> find(List<String> places) {
    return Stream.concat(
            places.stream(),
            places.stream().map(place -> "/snap/bin/" + Path.of(place).getFileName()))
        .filter(place -> Files.isExecutable(Path.of(place)))
        .findFirst();
  }

  /** Waits for something to be seen; what is replaced meanwhile is looked up again. */
  static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(StaleElementReferenceException.class);
  }

  WebElement one(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  int count(String css) {
    return driver.findElements(By.cssSelector(css)).size();
  }

  String text(String css) {
    return one(css).getText();
  }

  /** The text of each, whether it is in sight or not. */
  @SuppressWarnings("unchecked")
  List<String> texts(String css) {
    return (List<String>)
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)", css);
  }

  /** An attribute of each. */
  @SuppressWarnings("unchecked")
  List<String> attributes(String css, String name) {
    return (List<String>)
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.getAttribute(arguments[1]))",
            css,
            name);
  }

  /** The table, row by row. */
  @SuppressWarnings("unchecked")
  List<List<String>> rows() {
    return (List<List<String>>)
        driver.executeScript(
            "return [...document.querySelectorAll('tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))");
  }

  /** Clicks what is there, though it may be redrawn meanwhile. */
  void click(String css) {
    await().untilAsserted(() -> one(css).click());
  }

  /** Chooses from a list. */
  void select(String css, String option) {
    await()
        .untilAsserted(
            () ->
                one(css).findElements(By.tagName("option")).stream()
                    .filter(found -> found.getText().equals(option))
                    .findFirst()
                    .orElseThrow()
                    .click());
  }

  /** Presses keys, wherever the keyboard is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  void tab() {
    press(Keys.TAB);
  }

  /** What the keyboard is at. */
  String focused() {
    return driver.switchTo().activeElement().getText();
  }

  String title() {
    return driver.getTitle();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
