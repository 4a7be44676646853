using System.Diagnostics;
using System.Text;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Tests.Samples;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Language.Tests.Parsing;

/// <summary>Row S1: samples changed at random, by characters and by words. The seeds are kept: number i is always the same text.</summary>
public class Fuzz
{
    private static readonly string[] s_words =
    [
        "{", "}", "(", ")", "[", "]", "<", ">", ";", ",", ":", ".", "..", "..=", "=>", "->", "=", "==", "+", "-", "*", "/", "|", "||", "&&", "@", "?", "_", "!",
        "if", "else", "match", "let", "mut", "require", "move", "from", "to", "in", "out", "by", "machine", "state", "data", "transition", "fn", "test",
        "verify", "using", "implies", "is", "x", "X", "1", "2.5", "0xab", "\"s\"", "5 days", "/*", "//", "\"", "\u0000", "\u202E", "\uD800", "é", "\r", "\r\n", "\t",
    ];

    [Fact]
    public void S1_changed_samples_are_parsed_without_exception_in_time() => Run(seed: 1, count: LongRun.Of(all: 20_000, sample: 800));

    private static void Run(int seed, int count)
    {
        var samples = Sample.Names("accepted").Select(n => Sample.Read("accepted", n)!.Text).ToArray();
        var watch = new Stopwatch();
        for (var i = 0; i < count; i++)
        {
            var random = new Random(seed + i);
            var text = Change(samples[random.Next(samples.Length)], random);
            watch.Restart();
            var bag = new DiagnosticBag();
            try
            {
                var unit = Parser.Parse(new("fuzz.tenor", text), bag);
                SyntaxPrinter.Print(unit, withSpans: true);
                foreach (var diagnostic in bag.ToSorted())
                {
                    Assert.InRange(diagnostic.Span.Start, 0, text.Length);
                    DiagnosticFormatter.Plain.Human(diagnostic);
                    DiagnosticFormatter.Plain.Canonical(diagnostic);
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed + i}: {e}");
            }

            Assert.True(watch.ElapsedMilliseconds < 20_000, $"seed {seed + i}: {watch.ElapsedMilliseconds} ms");
        }
    }

    private static string Change(string sample, Random random)
    {
        var text = new StringBuilder(sample);
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, 1);
                    break;
                case 1:
                    text.Insert(at, s_words[random.Next(s_words.Length)]);
                    break;
                case 2:
                    text.Insert(at, " " + s_words[random.Next(s_words.Length)] + " ");
                    break;
                case 3:
                    text[at] = (char)random.Next(32, 127);
                    break;
                case 4:
                    text.Remove(at, Math.Min(random.Next(1, 200), text.Length - at));
                    break;
                default:
                    var from = random.Next(text.Length);
                    text.Insert(at, text.ToString(from, Math.Min(random.Next(1, 200), text.Length - from)));
                    break;
            }
        }

        return text.ToString();
    }
}
