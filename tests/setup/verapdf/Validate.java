import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** One JSON line a file: which clauses of PDF/A-2a it breaks, and how often. */
public class Validate {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      Map<String, Integer> failed = new TreeMap<>();
      Map<String, String> messages = new TreeMap<>();
      try (FileInputStream stream = new FileInputStream(file);
          PDFAParser parser = Foundries.defaultInstance().createParser(stream, PDFAFlavour.PDFA_2_A);
          PDFAValidator validator =
              Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_A, 2000, false, false, false)) {
        ValidationResult result = validator.validate(parser);
        for (TestAssertion one : result.getTestAssertions()) {
          if (one.getStatus() != TestAssertion.Status.FAILED) continue;
          String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
          failed.merge(rule, 1, Integer::sum);
          messages.putIfAbsent(rule, one.getMessage());
        }
      }
      StringBuilder out = new StringBuilder("{\"file\":" + quote(file) + ",\"failed\":{");
      String comma = "";
      for (String rule : failed.keySet()) {
        out.append(comma).append(quote(rule)).append(':').append(quote(messages.get(rule)));
        comma = ",";
      }
      System.out.println(out.append("}}"));
    }
  }

  private static String quote(String text) {
    return '"' + String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\s+", " ") + '"';
  }
}
