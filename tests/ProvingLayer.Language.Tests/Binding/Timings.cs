using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Language.Tests.Binding;

/// <summary>
/// How long the front end takes, with room for a machine that is busy: three times what is asked of it, and the least of several tries. A change that makes it grow
/// with the square of something is seen.
/// </summary>
public class Timings
{
    private const int Slack = 3;

    [Fact]
    public void A_project_of_two_thousand_lines_is_checked_in_300_ms_once_warm()
    {
        var option = File.ReadAllText(Repository.PathOf("examples", "01-european-option", "option.tenor"));
        var copies = Enumerable.Range(0, 10).Select(i => new SourceFile($"m{i}.tenor", option.Replace("module examples.option;", $"module examples.option{i};", StringComparison.Ordinal))).ToList();
        Assert.InRange(copies.Sum(c => c.Text.Count(l => l == '\n')), 2_000, 2_400);
        var best = Enumerable.Range(0, 5).Min(_ => Measure(() => Assert.Empty(Binder.Bind(copies).Diagnostics)));
        Assert.True(best < TimeSpan.FromMilliseconds(300 * Slack), $"{best.TotalMilliseconds:F0} ms");
    }

    [Fact]
    public void S1_A_hundred_thousand_errors_are_told_in_five_seconds_and_bounded_memory()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 1_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"fn f{i}(x: u8) -> u8 {{\n");
            for (var j = 0; j < 100; j++)
                text.Append("    assert y;\n");
            text.Append("    x\n}\n");
        }

        var before = GC.GetTotalAllocatedBytes();
        var taken = Measure(() => Assert.Equal(100_000, Binder.Bind([new("many.tenor", text.ToString())]).Diagnostics.Length));
        Assert.True(taken < TimeSpan.FromSeconds(5 * Slack), $"{taken.TotalSeconds:F1} s");

        // All that was ever allocated is a bound of what was held at once.
        var allocated = (GC.GetTotalAllocatedBytes() - before) >> 20;
        Assert.True(allocated < 4 * 512, $"{allocated} MiB allocated");
    }

    [Fact]
    public void S1_A_source_over_the_limit_is_refused_without_reading_it()
    {
        var bag = new DiagnosticBag();
        var bytes = new byte[Language.Parsing.Limits.FileBytes + 1];
        bytes.AsSpan().Fill((byte)'x');
        var taken = Measure(() => Assert.Null(SourceFile.Load("big.tenor", bytes, bag)));
        Assert.Equal("TNR0002", Assert.Single(bag.ToSorted()).Code);
        Assert.True(taken < TimeSpan.FromMilliseconds(50 * Slack), $"{taken.TotalMilliseconds:F0} ms");
    }

    /// <summary>Twice as many functions, each with its errors, take about twice as long: less than three times.</summary>
    [Fact]
    public void S1_Time_grows_with_the_text_and_not_with_its_square()
    {
        static SourceFile Functions(int count) => new("f.tenor", string.Concat(Enumerable.Range(0, count).Select(i => $"fn f{i}(x: u64) -> u64 {{ let a = x + {i}; let b = a * {i + 1}; b % 7 + f{i} }}\n")));
        var (small, large) = (Functions(1_500), Functions(6_000));
        Binder.Bind([small]);
        var (first, second) = (Enumerable.Range(0, 3).Min(_ => Measure(() => Binder.Bind([small]))), Enumerable.Range(0, 3).Min(_ => Measure(() => Binder.Bind([large]))));
        Assert.True(second < 10 * first, $"{first.TotalMilliseconds:F0} ms, and of four times as much {second.TotalMilliseconds:F0} ms");
    }

    private static TimeSpan Measure(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed;
    }
}
