using System.Diagnostics;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Tests.Samples;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Tests.Binding;

/// <summary>
/// Row S1: samples whose words are exchanged for others of their kind, and whose statements are moved about, so that they mostly still parse.
/// The seeds are kept: number i is always the same text.
/// </summary>
public class BinderFuzz
{
    private static readonly int[][] s_exchangeable =
    [
        [TenorLexer.PLUS, TenorLexer.MINUS, TenorLexer.STAR, TenorLexer.SLASH, TenorLexer.PERCENT],
        [TenorLexer.EQ, TenorLexer.NE, TenorLexer.LT, TenorLexer.LE, TenorLexer.GT, TenorLexer.GE],
        [TenorLexer.ANDAND, TenorLexer.OROR, TenorLexer.IMPLIES],
        [TenorLexer.ASSIGN, TenorLexer.PLUSASSIGN, TenorLexer.MINUSASSIGN],
    ];

    private static readonly string[] s_words =
    [
        "self", "now", "init", "min", "max", "abs", "u8", "u64", "u128", "i128", "dec", "qty", "lo", "hi", "near", "time", "duration", "hash", "key", "vault", "bool",
        "K", "flow", "floor", "ceil", "exactly", "nearest", "balance", "unit", "USD", "ETH", "X", "x", "from", "trust_lo",
    ];

    private static readonly string[] s_numbers = ["0", "1", "255", "256", "0.5", "1_000_000_000_000_000_000_000_000_000_000_000_000_000", "3.000000000000000001", "65536"];

    [Fact]
    public void S1_a_thousand_changed_programs_are_bound_without_exception_in_time()
    {
        var sources = new[] { "accepted", "rejected" }
            .SelectMany(folder => Sample.Names(folder).Select(n => Sample.Read(folder, n)))
            .Where(f => f is not null && f.Text.Length > 150 && Sample.Parse(f.Text).Count == 0)
            .ToArray();
        var library = Sample.Read("", "library.tenor")!;
        for (var seed = 1; seed <= 1_000; seed++)
        {
            var random = new Random(seed);
            var text = Change(sources[random.Next(sources.Length)]!, random);
            var watch = Stopwatch.StartNew();
            try
            {
                var program = Binder.Bind([new("fuzz.tenor", text), library]);
                Assert.All(program.Diagnostics, d => Assert.NotEmpty(DiagnosticFormatter.Plain.Human(d)));
                _ = program.Targets.Length;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {e}\n{text}");
            }

            Assert.True(watch.ElapsedMilliseconds < 20_000, $"seed {seed}: {watch.ElapsedMilliseconds} ms");
        }
    }

    private static string Change(SourceFile file, Random random)
    {
        var list = Tokenizer.Read(file, new DiagnosticBag())!.List;
        var words = Enumerable.Range(0, list.Size - 1).Select(i => (list[i].Type, list[i].Text)).ToList();
        var names = words.Where(w => w.Type == TenorLexer.ID).Select(w => w.Text).Concat(s_words).ToArray();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(words.Count);
            var (type, text) = words[at];
            if (type is TenorLexer.ID or TenorLexer.UNIT)
            {
                words[at] = (type, names[random.Next(names.Length)]);
            }
            else if (type == TenorLexer.NUMBER)
            {
                words[at] = (type, s_numbers[random.Next(s_numbers.Length)]);
            }
            else if (Array.Find(s_exchangeable, g => g.Contains(type)) is { } group)
            {
                var other = group[random.Next(group.Length)];
                words[at] = (other, TenorLexer.DefaultVocabulary.GetLiteralName(other).Trim('\''));
            }
            else if (type == TenorLexer.SEMI)
            {
                Repeat(words, at, random);
            }
            else
            {
                changes += random.Next(3) == 0 ? 0 : 1;
            }
        }

        return string.Join(' ', words.Select(w => w.Text));
    }

    /// <summary>Copies the statement or declaration that ends at a semicolon to another place where one may stand.</summary>
    private static void Repeat(List<(int Type, string Text)> words, int end, Random random)
    {
        var start = words.FindLastIndex(end - 1, end, w => w.Type is TenorLexer.SEMI or TenorLexer.LBRACE or TenorLexer.RBRACE) + 1;
        var places = Enumerable.Range(0, words.Count).Where(i => words[i].Type is TenorLexer.SEMI).ToArray();
        words.InsertRange(places[random.Next(places.Length)] + 1, words.GetRange(start, end - start + 1));
    }
}
