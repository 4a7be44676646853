using System.Text.Json;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Tests.CommandLine;

/// <summary>A statement that verifies a proof of another, from source to verdict: <c>build</c>, <c>run</c>, <c>prove</c>, <c>verify</c>, <c>cost</c>.</summary>
public sealed class InnerProofVerbTests : IDisposable
{
    private const string Source = """
        pub statement Sum(pub a: u64, b: u64) -> u64 { disclose(a + b) }
        statement Twice(pub a: u64, p: proof<Sum>) -> u64 {
            let r = verify Sum(a: a) using p;
            disclose(r * 2)
        }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Proof_goes_into_another_proof_and_what_is_none_does_not()
    {
        folder.Write("t.tenor", Source);
        folder.Write("sum.scenario", """{"statement": "Sum", "args": {"a": "5", "b": "37"}}""");
        folder.Write("twice.scenario", """{"statement": "Twice", "args": {"a": "5", "p": "proofs/sum.proof"}}""");
        Directory.CreateDirectory(folder["proofs"]);
        Tenor.RunIn(folder.Root, "build", "t.tenor", "-o", "out").Exits(0);
        Tenor.RunIn(folder.Root, "run", "t.tenor", "sum.scenario", "--inputs", "in").Exits(0);
        Tenor.RunIn(folder.Root, "prove", "out/Sum.tnart", "--input", "in/1-Sum.json", "-o", "proofs/sum.proof", "--statement", "proofs/sum.json").Exits(0);

        Tenor.RunIn(folder.Root, "run", "t.tenor", "twice.scenario", "--inputs", "in").Exits(0);
        Assert.Equal("../proofs/sum.proof", JsonDocument.Parse(File.ReadAllText(folder["in/1-Twice.json"])).RootElement.GetProperty("args").GetProperty("p").GetString());
        Tenor.RunIn(folder.Root, "prove", "out/Twice.tnart", "--input", "in/1-Twice.json", "-o", "twice.proof", "--statement", "twice.json").Exits(0);
        Tenor.RunIn(folder.Root, "verify", "twice.proof", "--key", "out/Twice.vkey", "--statement", "twice.json").Exits(0);
        Assert.Equal("84", JsonDocument.Parse(File.ReadAllText(folder["twice.json"])).RootElement.GetProperty("result").GetString());

        Assert.Contains("no keys of the profile high", Tenor.RunIn(folder.Root, "build", "t.tenor", "--machine", "Twice", "-o", "high", "--profile", "high").Exits(2).Error, StringComparison.Ordinal);

        // Of another argument; said to have another result; of another program; not there.
        folder.Write("six.scenario", """{"statement": "Twice", "args": {"a": "6", "p": "proofs/sum.proof"}}""");
        Assert.Contains("the proof p is about another a", Tenor.RunIn(folder.Root, "run", "t.tenor", "six.scenario").Exits(1).Error, StringComparison.Ordinal);
        File.Copy(folder["proofs/sum.proof"], folder["proofs/lie.proof"]);
        File.WriteAllText(folder["proofs/lie.json"], File.ReadAllText(folder["proofs/sum.json"]).Replace("\"42\"", "\"43\"", StringComparison.Ordinal));
        folder.Write("lie.scenario", """{"statement": "Twice", "args": {"a": "5", "p": "proofs/lie.proof"}}""");
        Assert.Contains("ProofRejected", Tenor.RunIn(folder.Root, "run", "t.tenor", "lie.scenario").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("resultDigest is not the digest", Prove("../proofs/lie.proof").Error, StringComparison.Ordinal);
        Assert.Contains("this is a statement of Twice", Prove("../twice.proof").Error, StringComparison.Ordinal);
        Assert.Contains("there is no such file", Prove("../proofs/none.proof").Error, StringComparison.Ordinal);

        Outcome Prove(string path)
        {
            folder.Write("in/changed.json", File.ReadAllText(folder["in/1-Twice.json"]).Replace("../proofs/sum.proof", path, StringComparison.Ordinal));
            return Tenor.RunIn(folder.Root, "prove", "out/Twice.tnart", "--input", "in/changed.json", "-o", "changed.proof", "--statement", "changed.json").Exits(1);
        }
    }

    [Fact]
    public void History_goes_into_a_proof_and_one_with_other_room_does_not()
    {
        folder.Write("t.tenor", """
            pub machine Tally {
                data { pub mut total: u64 = 0 }
                state Open
                transition start : init -> Open { become Open; }
                transition add(pub n: u64) : Open -> Open { total = total + n; stay; }
            }
            @steps(p, add = 2)
            statement Added(pub from: root<Tally>, pub to: root<Tally>, p: proof<Tally.history>) -> u64 {
                let h = verify Tally.history(from: from, to: to) using p;
                disclose(h.steps)
            }
            """);
        folder.Write("tally.scenario", """
            {"machine": "Tally", "new": {}, "steps": [
              {"at": "2026-11-26T08:00:00Z", "call": "start", "args": {}},
              {"at": "2026-11-26T09:00:00Z", "call": "add", "args": {"n": "3"}}]}
            """);
        Tenor.RunIn(folder.Root, "build", "t.tenor", "-o", "out").Exits(0);
        Tenor.RunIn(folder.Root, "run", "t.tenor", "tally.scenario", "--inputs", "in").Exits(0);
        Tenor.RunIn(folder.Root, "history", "out/Tally.tnart", "in/2-add.json", "-o", "one.proof", "--statement", "one.json").Exits(0);
        Tenor.RunIn(folder.Root, "history", "out/Tally.tnart", "in/2-add.json", "--room", "add=2", "-o", "two.proof", "--statement", "two.json").Exits(0);
        Assert.Contains("--room is a list", Tenor.RunIn(folder.Root, "history", "out/Tally.tnart", "in/2-add.json", "--room", "add", "-o", "x.proof", "--statement", "x.json").Exits(2).Error, StringComparison.Ordinal);
        var said = JsonDocument.Parse(File.ReadAllText(folder["two.json"])).RootElement.GetProperty("history");
        var (from, to) = (said.GetProperty("preRoot").GetString(), said.GetProperty("postRoot").GetString());

        foreach (var proof in new[] { "one", "two" })
            folder.Write($"{proof}.scenario", $$"""{"statement": "Added", "args": {"from": "{{from}}", "to": "{{to}}", "p": "{{proof}}.proof"} }""");
        Assert.Contains("prove it with room for add=2", Tenor.RunIn(folder.Root, "run", "t.tenor", "one.scenario").Exits(1).Error, StringComparison.Ordinal);
        Tenor.RunIn(folder.Root, "run", "t.tenor", "two.scenario", "--inputs", "in").Exits(0);
        Tenor.RunIn(folder.Root, "prove", "out/Added.tnart", "--input", "in/1-Added.json", "-o", "added.proof", "--statement", "added.json").Exits(0);
        Tenor.RunIn(folder.Root, "verify", "added.proof", "--key", "out/Added.vkey", "--statement", "added.json").Exits(0);
        Assert.Equal("1", JsonDocument.Parse(File.ReadAllText(folder["added.json"])).RootElement.GetProperty("result").GetString());
    }

    [Fact]
    public void Cost_tells_inner_proofs_apart_and_a_budget_counts_them()
    {
        folder.Write("t.tenor", Source + """

            machine Once {
                data { a: u64 }
                final state Live
                @budget(verifications = 1, rows = 200)
                transition start(p: proof<Sum>) : init -> Live { verify Sum(a: a) using p; become Live; }
            }
            """);
        var costs = Tenor.RunIn(folder.Root, "cost", "t.tenor", "--format", "json").Exits(0).Json.GetProperty("transitions").EnumerateArray().ToList();
        var twice = costs.Single(c => c.GetProperty("name").GetString() == "Twice");
        Assert.True(twice.GetProperty("rows").GetInt32() < 200);
        Assert.True(Assert.Single(twice.GetProperty("innerProofs").EnumerateArray()).GetProperty("rows").GetInt32() > 10_000);
        Assert.False(costs.Single(c => c.GetProperty("name").GetString() == "Sum").TryGetProperty("innerProofs", out _));
        File.WriteAllText(folder["t.tenor"], File.ReadAllText(folder["t.tenor"]).Replace("verifications = 1, rows = 200", "verifications = 1, rows = 20", StringComparison.Ordinal));
        Assert.Contains("TNR7002", Tenor.RunIn(folder.Root, "cost", "t.tenor").Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Example_04_is_proved_by_four_provers_and_verified()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("examples", "04-cross-chain-margin", "scenarios")))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var source = Repository.PathOf("examples", "04-cross-chain-margin", "margin.tenor");
        Tenor.RunIn(folder.Root, "build", source, "-o", "out").Exits(0);
        foreach (var (scenario, statement, name) in new[] { ("lender", "LenderCover", "loans"), ("exchange", "PerpCover", "perps"), ("index", "VolIndex", "vol") })
        {
            Tenor.RunIn(folder.Root, "run", source, $"{scenario}.json", "--inputs", "in").Exits(0);
            Tenor.RunIn(folder.Root, "prove", $"out/{statement}.tnart", "--input", $"in/1-{statement}.json", "-o", $"{name}.proof", "--statement", $"{name}.json").Exits(0);
        }

        Tenor.RunIn(folder.Root, "run", source, "renew.json", "--inputs", "in").Exits(0);
        Tenor.RunIn(folder.Root, "prove", "out/CrossMargin.tnart", "--input", "in/2-renew.json", "-o", "renew.proof", "--statement", "renewed.json").Exits(0);
        Tenor.RunIn(folder.Root, "verify", "renew.proof", "--key", "out/CrossMargin.vkey", "--statement", "renewed.json").Exits(0);
    }
}
