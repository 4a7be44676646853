using System.Text.RegularExpressions;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Testing;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>
/// Programs that somebody might have written by mistake: a line left out, doubled or moved, a word or number exchanged. What the binder accepts
/// is lowered, run by its own tests, and compared with its circuits; nothing throws.
/// </summary>
public partial class ChangedProgramTests
{
    [Fact]
    public void What_the_binder_accepts_is_lowered_and_runs_alike_in_the_circuit() => Change(0, 60);

    [Fact]
    [Trait("Category", "Long")]
    public void Many_more() => Change(60, LongRun.Of(2_000, 500));

    private static void Change(int first, int count)
    {
        string[] texts =
        [
            File.ReadAllText(Repository.PathOf("examples", "01-european-option", "option.tenor")),
            TestRunnerTests.Till + TestRunnerTests.TillTest,
            FeatureTests.Basket + FeatureTests.BasketTests,
        ];
        var accepted = 0;
        var runs = 0;
        for (var seed = first; seed < first + count; seed++)
        {
            var text = Changed(texts[seed % texts.Length], new Random(seed));
            try
            {
                var program = Compilation.Check([new("changed.tenor", text)]);
                if (program.HasErrors)
                    continue;
                accepted++;
                runs += Run(program, seed);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {exception}\n{text}");
            }
        }

        Assert.True(accepted > count / 20 && runs > accepted, $"{accepted} of {count} accepted, {runs} runs compared");
    }

    private static int Run(BoundProgram program, int seed)
    {
        var bag = new DiagnosticBag();
        foreach (var target in program.Targets)
            Compilation.Lower(target, bag);
        var check = new CircuitCheck();
        foreach (var result in TestRunner.Run(program, null, check, bag))
            Assert.False(result.Failure?.Message.Contains("differ", StringComparison.Ordinal) == true, $"seed {seed}: {result.Failure}");
        return check.Runs;
    }

    private static string Changed(string text, Random random)
    {
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var lines = text.Split('\n').ToList();
            var (at, to) = (random.Next(lines.Count), random.Next(lines.Count));
            switch (random.Next(6))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(at, lines[at]);
                    break;
                case 2:
                    (lines[at], lines[to]) = (lines[to], lines[at]);
                    break;
                default:
                    // Another word of the same program, of the same kind.
                    var words = Word().Matches(text);
                    var word = words[random.Next(words.Count)];
                    var alike = words.Where(w => Kind(w) == Kind(word)).ToList();
                    lines = [text[..word.Index] + alike[random.Next(alike.Count)].Value + text[(word.Index + word.Length)..]];
                    break;
            }

            text = string.Join('\n', lines);
        }

        return text;

        static int Kind(Match match) => char.IsAsciiDigit(match.Value[0]) ? 0 : char.IsAsciiLetterUpper(match.Value[0]) ? 1 : char.IsAsciiLetterLower(match.Value[0]) ? 2 : 3;
    }

    [GeneratedRegex(@"[A-Za-z_]\w*|\d[\d_]*(\.\d+)?|[<>=!]=|&&|\|\||[+\-*/%<>]")]
    private static partial Regex Word();
}
