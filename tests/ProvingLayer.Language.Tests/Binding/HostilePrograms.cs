using System.Diagnostics;
using System.Text;

namespace ProvingLayer.Language.Tests.Binding;

/// <summary>Row S1 past the parser: what is deep, long, recursive or many gets a diagnostic, in time, and on a small stack.</summary>
public class HostilePrograms
{
    [Theory]
    [InlineData("+")]
    [InlineData("*")]
    [InlineData("(-")]
    [InlineData("if")]
    public void S1_constants_inside_constants_do_not_overflow_the_stack(string chain)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 60; i++)
        {
            var inner = i == 59 ? "1" : FormattableString.Invariant($"C{i + 1}");
            text.Append("const C").Append(i).Append(": i64 = ").Append(chain switch
            {
                "(-" => string.Concat(Enumerable.Repeat("-(1 - ", 90)) + inner + new string(')', 90),
                "if" => string.Concat(Enumerable.Repeat("if true { ", 90)) + inner + string.Concat(Enumerable.Repeat(" } else { 1 }", 90)),
                _ => inner + string.Concat(Enumerable.Repeat($" {chain} 1", 300)),
            }).Append(";\n");
        }

        OnSmallStack(() => Assert.Contains("TNR2025", Bind.Codes(text.ToString()), StringComparison.Ordinal));
    }

    [Fact]
    public void S1_types_that_double_are_too_large_and_not_slow()
    {
        var text = new StringBuilder("struct S0 { x: u64, y: u64 }\n");
        for (var i = 1; i < 200; i++)
        {
            text.Append(FormattableString.Invariant($"struct S{i} {{ x: S{i - 1}, y: S{i - 1} }}\n"));
        }

        Assert.StartsWith("TNR2006", Timed(() => Bind.Codes(text.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void S1_names_that_stand_for_each_other_a_thousand_deep_are_refused()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 1_000; i++)
        {
            text.Append(FormattableString.Invariant($"type T{i} = T{i + 1};\n"));
        }

        OnSmallStack(() => Assert.Contains("TNR2006", Timed(() => Bind.Codes(text + "type T1000 = u8;")), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("struct A { b: B } struct B { c: [C; 2] } struct C { a: (A, u8) }", "TNR2005")]
    [InlineData("type A = B; type B = A;", "TNR2005")]
    [InlineData("struct A<X> { a: A<A<X>> } struct B { a: A<u8> }", "TNR2005")]
    [InlineData("machine M { data { other: M } state On transition go : init -> On { become On; } transition on : On -> On { stay; } }", "TNR2005")]
    [InlineData("measure A = B * B; measure B = A * A;", "TNR2005")]
    [InlineData("const A: u8 = B + 1; const B: u8 = A;", "TNR2025")]
    [InlineData("const N: [u8; N] = [1];", "TNR2025")]
    public void S1_what_contains_itself_is_refused(string text, string code) => Assert.StartsWith(code, Bind.Codes(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("for i in 0..1_000_000_000 { }")]
    [InlineData("for i in 0..1_000 { for j in 0..1_000 { } }")]
    [InlineData("for i in 0..340_000_000_000_000_000_000_000_000_000_000_000_000 { }")]
    public void S1_a_loop_of_a_billion_turns_is_refused(string loop) => Assert.Equal("TNR2024", Bind.Statement("pub a: u8", "u8", $"{loop} a"));

    [Fact]
    public void S1_loops_inside_loops_are_followed_once_for_privacy()
    {
        var text = string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"for i{i} in 0..1 {{ ")));
        var body = $"let mut x: u64 = 0; {text} x += secret; {new string('}', 60)} x";
        Assert.Equal("TNR6003", Timed(() => Bind.Statement("secret: u64", "u64", body)));
    }

    [Fact]
    public void S1_thousands_of_names_and_mistakes_are_bound_in_time()
    {
        var fields = string.Join(", ", Enumerable.Range(0, 10_000).Select(i => FormattableString.Invariant($"f{i}: u64")));
        var reads = string.Concat(Enumerable.Range(0, 10_000).Select(i => FormattableString.Invariant($"let a{i} = p.f{i} + nowhere{i};")));
        Assert.StartsWith("TNR1001", Timed(() => Bind.Codes($"struct P {{ {fields} }} statement S(pub p: P) -> u64 {{ {reads} 1 }}")), StringComparison.Ordinal);
    }

    [Fact]
    public void S1_thousands_of_instances_of_a_long_machine_are_refused()
    {
        var assets = string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"asset A{i} {{ decimals: 2 }} ")));
        var body = string.Concat(Enumerable.Repeat("assert b > 0; ", 2_000));
        var machine = $"machine M<asset X, asset Y> {{ data {{ b: u8, x: vault<X>, y: vault<Y> }} state On transition go : init -> On {{ {body} become On; }} transition on : On -> On {{ stay; }} }}";
        var names = string.Concat(Enumerable.Range(0, 3_600).Select(i => FormattableString.Invariant($"type T{i} = M<A{i / 60}, A{i % 60}>; ")));
        Assert.Equal("TNR1014", Timed(() => Bind.Codes($"{assets} {machine} {names}")));
    }

    private static string Timed(Func<string> bind)
    {
        var watch = Stopwatch.StartNew();
        var result = bind();
        Assert.InRange(watch.ElapsedMilliseconds, 0, 15_000); // a second or two where nothing else runs
        return result;
    }

    /// <summary>On a stack as small as a pool thread's on some systems.</summary>
    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception e)
                {
                    failure = e;
                }
            },
            1_500_000);
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException("on the small stack", failure);
        }
    }
}
