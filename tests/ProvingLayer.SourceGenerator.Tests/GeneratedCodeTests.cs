using Microsoft.CodeAnalysis;
using Snapshooter.Xunit;

namespace ProvingLayer.SourceGenerator.Tests;

public class GeneratedCodeTests
{
    private const string Put = """
        using Examples.Option;
        using ProvingLayer.Runtime;
        using ProvingLayer.Runtime.Values;
        static class User
        {
            static void Use(ApplePut.InitialState put, ApplePut.OpenState open, TenorMachine<ApplePut.State> rules, Qty<USD> usd, Qty<AAPL> shares, FixedDecimal<Places.P4, Per<USD, AAPL>> price, System.DateTimeOffset now)
            {
                BODY
            }
        }
        """;

    private static string Option => Driver.Example("01-european-option/option.tenor");

    [Theory]
    [InlineData("01-european-option/option.tenor", "examples.option.ApplePut.g.cs")]
    [InlineData("01-european-option/option.tenor", "examples.option.units.g.cs")]
    [InlineData("02-solvency/solvency.tenor", "examples.solvency.Solvency.g.cs")]
    [InlineData("02-solvency/solvency.tenor", "examples.solvency.Account.g.cs")]
    [InlineData("03-settlement/settlement.tenor", "examples.settlement.Settlement.g.cs")]
    public void Generated_code_is_as_it_was(string example, string file)
    {
        var result = Driver.Run(Driver.Example(example));
        Snapshot.Match(result.Results.Single().GeneratedSources.Single(s => s.HintName == file).SourceText.ToString(), $"Generated.{file}");
    }

    [Theory]
    [InlineData("01-european-option/option.tenor")]
    [InlineData("02-solvency/solvency.tenor")]
    [InlineData("03-settlement/settlement.tenor")]
    [InlineData("04-cross-chain-margin/margin.tenor")]
    [InlineData("08-signed-put/put.tenor")]
    public void Bindings_of_the_examples_compile_without_a_word(string example) => Assert.Empty(Driver.Compile(Driver.Example(example)));

    [Fact]
    public void What_a_project_that_this_one_refers_to_has_of_the_standard_library_is_not_made_again()
    {
        const string rules = "use std.assets.{USDC}; statement Paid(pub x: qty<USDC>) -> bool { x > 0 }";
        string[] Made(Options? options) => [.. Driver.Create([new Text("rules.tenor", rules)], options).RunGenerators(Driver.Compilation()).GetRunResult().Results.Single().GeneratedSources.Select(g => g.HintName)];
        Assert.Contains("std.assets.units.g.cs", Made(null));
        Assert.DoesNotContain("std.assets.units.g.cs", Made(new([], new() { ["IsReference"] = "true" })));
    }

    [Fact]
    public void A_ledger_is_a_map_of_quantities()
    {
        const string bank = "module town; asset USD { decimals: 2 } machine Bank { data { accounts: map<key, vault<USD>, 64> } state Open transition start : init -> Open { become Open; } transition pay(a: key, b: key, q: qty<USD>) by a : Open -> Open { move q from accounts[a] to accounts[b]; stay; } }";
        const string user = "static class U { static ProvingLayer.Runtime.Values.Qty<Town.USD> Of(Town.Bank.State s, ProvingLayer.Runtime.Values.PartyKey k) => s.Accounts[k]; }";
        Assert.Empty(Driver.Compile(bank, user));
    }

    private const string Proofs = """
        module proofs;
        error E;
        pub statement Sum(pub a: u64, b: u64) -> u64 { disclose(a + b) }
        pub statement Signed(pub k: key, x: signed<u64>) -> u64 { let y = x.open(k) else E; disclose(y) }
        pub machine Tally {
            data { pub mut total: u64 = 0 }
            state Open
            transition start : init -> Open { become Open; }
            transition add(pub n: u64) : Open -> Open { total = total + n; stay; }
            transition take(p: proof<Sum>, pub a: u64) : Open -> Open { total = disclose(verify Sum(a: a) using p); stay; }
        }
        @steps(h, start = 1, add = 2)
        statement Both(pub a: u64, pub from: root<Tally>, pub to: root<Tally>, s: proof<Sum>, h: proof<Tally.history>, pub k: key, x: signed<u64>) -> u64 {
            let r = verify Sum(a: a) using s;
            let t = verify Tally.history(from: from, to: to) using h;
            let y = x.open(k) else E;
            disclose(r + t.steps + y)
        }
        """;

    [Theory]
    [InlineData("proofs.Signed.g.cs")]
    [InlineData("proofs.Tally.g.cs")]
    [InlineData("proofs.Both.g.cs")]
    public void Code_for_proofs_and_signed_data_is_as_it_was(string file) => Snapshot.Match(
        Driver.Run(Proofs).Results.Single().GeneratedSources.Single(s => s.HintName == file).SourceText.ToString(), $"Generated.{file}");

    [Theory]
    [InlineData("open.Take(sum, 5, now);", "")]
    [InlineData("both.Execute(5, from, from, sum, history, key, 7, [signer]);", "")]
    [InlineData("open.Take(signed, 5, now);", "CS1503")] // a proof of another statement
    [InlineData("open.Take(sum.Statement, 5, now);", "CS1503")] // what a proof says is no proof
    [InlineData("both.Execute(5, from, from, sum, sum, key, 7, [signer]);", "CS1503")] // a statement where a history goes
    public void Proofs_of_something_else_do_not_compile(string body, string error)
    {
        const string user = """
            using Proofs;
            using ProvingLayer.Runtime;
            using ProvingLayer.Runtime.Values;
            static class User
            {
                static void Use(Tally.OpenState open, Both both, ProvedClaim<Sum.Statement> sum, ProvedClaim<Signed.Statement> signed, ProvedHistory<Tally.History> history, HashValue from, PartyKey key, ProvingLayer.Runtime.Signing.ISigner signer, TimeWindow now)
                {
                    BODY
                }
            }
            """;
        Assert.Equal(error, string.Join(" ", Driver.Compile(Proofs, user.Replace("BODY", body, StringComparison.Ordinal)).Select(d => d.Id)));
    }

    [Fact]
    public void A_statement_whose_type_has_no_form_in_csharp_has_no_bindings_and_neither_has_what_verifies_it()
    {
        var found = Driver.Run("type Maybe = u64?; pub statement S(pub k: Maybe?) -> u64 { 1 } statement T(p: proof<S>) -> u64 { disclose(verify S(k: _) using p) }");
        Assert.Equal(["u64??", "proof<S>"], found.Diagnostics.Where(d => d.Id == "TNR8001").Select(d => d.GetMessage(null).Split('\'')[3]));
        Assert.Empty(found.Results.Single().GeneratedSources);
    }

    [Theory]
    [InlineData("rules.Execute(put.Open(usd, now));", "")]
    [InlineData("rules.Execute(open.Exercise(price, now));", "")]
    [InlineData("rules.Execute(put.Exercise(price, now));", "CS1061")] // from init nothing can be exercised
    [InlineData("rules.Execute(open.Settle(now));", "CS1061")] // open is neither exercised nor expired
    [InlineData("rules.Execute(put.Open(shares, now));", "CS1503")] // the premium is in dollars
    [InlineData("_ = usd + shares;", "CS0019")]
    [InlineData("rules.Execute(open.Exercise(FixedDecimal<Places.P4, Per<USD, MSFT>>.Of(1m), now));", "CS1503")] // another share's price
    [InlineData("rules.Execute(open.Exercise(FixedDecimal<Places.P2, Per<USD, AAPL>>.Of(1m), now));", "CS1503")] // other decimal places
    [InlineData("rules.Execute(MicrosoftPut.New(default, default, default, default, now).Open(usd, now));", "CS0311")] // a step of another machine
    [InlineData("put = new ApplePut.OpenState(put.Record);", "CS0029")]
    public void What_the_rules_forbid_does_not_compile(string body, string error) =>
        Assert.Equal(error, string.Join(" ", Driver.Compile(Option, Put.Replace("BODY", body, StringComparison.Ordinal)).Select(d => d.Id)));

    [Fact]
    public void No_class_elsewhere_can_be_a_state()
    {
        const string forger = "record Forged : Examples.Option.ApplePut.State { public Forged(Examples.Option.ApplePut.State s) : base(s) { } }";
        var (errors, bindings) = (Driver.Compile(Option), Driver.Create([new Text("rules.tenor", Option)]));
        bindings.RunGeneratorsAndUpdateCompilation(Driver.Compilation(), out var library, out _);
        Assert.Empty(errors);
        var outside = Driver.Compilation(forger).AddReferences(library.ToMetadataReference());
        Assert.Contains(outside.GetDiagnostics(), d => d.Id == "CS0534" || d.Id == "CS0122");
    }

    [Fact]
    public void Words_of_the_rules_are_the_documentation()
    {
        var text = string.Concat(Driver.Run(Option).Results.Single().GeneratedSources.Select(s => s.SourceText));
        Assert.Contains("/// Anyone may call it: value can never be stuck in a dead state.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Namespace_and_access_come_from_the_project()
    {
        var driver = Driver.Create([new Text("rules.tenor", Option)], new([], new() { ["Namespace"] = "My.Rules", ["Access"] = "Internal" }));
        var text = driver.RunGenerators(Driver.Compilation()).GetRunResult().Results.Single().GeneratedSources.Single(s => s.HintName == "examples.option.ApplePut.g.cs").SourceText.ToString();
        Assert.Contains("namespace My.Rules", text, StringComparison.Ordinal);
        Assert.Contains("internal static partial class ApplePut", text, StringComparison.Ordinal);
        Assert.Contains("global::My.Rules.USD", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_maps_histories_and_steps_that_collide_are_told_apart()
    {
        const string rules = """
            module m;
            error History, Step;
            machine State { data { steps: map<u8, Item, 8>, past: map<(bool, key), bool?, 12>, record: u8, } state Open state Ended
                transition history(state: u8, pub closed: u8, pub events: u8) : init -> Open { become Open; }
                transition step(pub now_: u8) : Open -> Open | Ended { require steps.get(1).step else Step; if now_ == 0 { become Open; } else { become Ended; } }
                transition state(content: u8) : Ended -> Open { require content > 0 else History; become Open; } }
            struct Item { history: u8, step: bool }
            """;
        Assert.Empty(Driver.Compile(rules));
    }

    [Fact]
    public void Names_that_collide_are_told_apart()
    {
        const string rules = """
            module m;
            asset A { decimals: 0 }
            error Other, None;
            machine Event { data { record: u8, class: u8, to_string: u8, } state State { record: u8 } state Initial
                transition event(event_: u8, at_: u8) : init -> State { require event_ > 0 else Other; become State { record: at_ }; }
                transition other : State -> Initial { become Initial; }
                transition back : Initial -> State | Initial { require now.from > now.to else None; become Initial; } }
            """;
        Assert.DoesNotContain(Driver.Compile(rules), d => d.Id.StartsWith("CS", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_variants_that_collide_are_told_apart()
    {
        const string rules = """
            module m;
            asset A { decimals: 0 }
            enum Side { Side { codec: u8, side: u8? }, Codec, Closed { closed: (bool, Inner?) }, String { class: [Inner?; 2] } }
            enum Inner { Only { of: Box<A>? } }
            enum Box<asset U> { Empty, Full { held: qty<U> } }
            statement S(pub side: Side, pub other: Side?, box: Box<A>) -> (Side?, Inner?) { (other, none) }
            """;
        Assert.Empty(Driver.Compile(rules));
    }

    [Fact]
    public void A_value_that_may_be_missing_twice_has_no_bindings_and_is_told() =>
        Assert.Equal(["TNR8001"], Driver.Compile("module m; type Maybe = u8?; statement S(pub x: Maybe?) -> bool { x == none }").Select(d => d.Id));

    [Fact]
    public void What_is_wrong_with_the_rules_is_reported_at_its_place()
    {
        var found = Driver.Run("module m;\nmachine M { state A transition t : init -> B { become A; } }").Diagnostics[0];
        Assert.StartsWith("TNR", found.Id, StringComparison.Ordinal);
        Assert.Equal("rules.tenor", found.Location.GetLineSpan().Path);
        Assert.Equal(1, found.Location.GetLineSpan().StartLinePosition.Line);
    }
}
