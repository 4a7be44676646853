namespace ProvingLayer.Tests.CommandLine;

/// <summary><c>tenor keys</c>, <c>tenor aggregate</c>, and <c>verify</c> and <c>inspect</c> on what they write, under the profile that users have.</summary>
public sealed class AggregateVerbTests(ProvedExample example) : IClassFixture<ProvedExample>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_segments_of_an_options_life_become_one_history_that_a_verifier_checks_from_files_alone()
    {
        Tenor.Run("history", example.Artifact, example["steps/1-open.json"], example["steps/2-exercise.json"], "-o", folder["life.proof"], "--statement", folder["life.json"], "--memory", "1").Exits(0);
        string[] segments = [folder["life.1.proof"], folder["life.2.proof"]];
        var keys = Tenor.Run(["keys", example.Key, "-o", folder["set.tkeys"], "--for", .. segments, "--format", "json"]).Exits(0).Json;
        Assert.Equal(["wrap", "link", "wrap", "link", "set", "chain", "seal", "chain seal"], keys.GetProperty("circuits").EnumerateArray().Select(circuit => circuit.GetProperty("role").GetString()));
        Tenor.Run(["aggregate", .. segments, "--keys", folder["set.tkeys"], "--key", example.Key, "-o", folder["all.proof"], "--statement", folder["all.json"], "--prove-inclusion", folder["in"]]).Exits(0);
        Assert.False(Directory.Exists(folder["all.proof.parts"]));

        string[] verify = ["verify", folder["all.proof"], "--keys", folder["set.tkeys"], "--statement", folder["all.json"]];
        var verified = Tenor.Run(verify).Exits(0);
        Assert.StartsWith("verified a chain of proofs in ", verified.Output, StringComparison.Ordinal);
        Assert.Contains("steps            2", verified.Output, StringComparison.Ordinal);
        Assert.Contains(", transparent", verified.Output, StringComparison.Ordinal);
        var hidden = Tenor.Run("aggregate", segments[0], "--keys", folder["set.tkeys"], "--key", example.Key, "--hide", "-o", folder["hidden.proof"], "--statement", folder["hidden.json"], "--format", "json").Exits(0).Json;
        Assert.True(hidden.GetProperty("zeroKnowledge").GetBoolean());
        Assert.True(hidden.GetProperty("proofBytes").GetInt32() <= 350_000);
        Assert.Contains(", zk", Tenor.Run("verify", folder["hidden.proof"], "--keys", folder["set.tkeys"], "--statement", folder["hidden.json"]).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("zero-knowledge", Tenor.Run("inspect", folder["hidden.proof"]).Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal("proof", Tenor.Run("verify", folder["hidden.proof"], "--keys", folder["set.tkeys"], "--statement", folder["all.json"], "--format", "json").Exits(4).Json.GetProperty("misfit").GetString());
        string[] leaf = ["--key", example.Key, "--leaf", folder["life.2.json"], "--inclusion"];
        Tenor.Run([.. verify, .. leaf, folder["in/life.2.inclusion.json"]]).Exits(0);
        Assert.Equal("statement", Tenor.Run([.. verify, .. leaf, folder["in/life.1.inclusion.json"], "--format", "json"]).Exits(4).Json.GetProperty("misfit").GetString());
        File.WriteAllText(folder["lie.json"], File.ReadAllText(folder["all.json"]).Replace("\"steps\": \"2\"", "\"steps\": \"3\"", StringComparison.Ordinal));
        Assert.Equal("proof", Tenor.Run("verify", folder["all.proof"], "--keys", folder["set.tkeys"], "--statement", folder["lie.json"], "--format", "json").Exits(4).Json.GetProperty("misfit").GetString());

        Assert.Equal("key set", Tenor.Run("inspect", folder["set.tkeys"], "--format", "json").Exits(0).Json.GetProperty("kind").GetString());
        Assert.Equal("statement of an aggregate", Tenor.Run("inspect", folder["all.json"], "--format", "json").Exits(0).Json.GetProperty("kind").GetString());
        Assert.Contains("name it with --key", Tenor.Run("verify", folder["all.proof"], "--statement", folder["all.json"]).Exits(2).Error, StringComparison.Ordinal);

        // Another program's step is not admitted by this set.
        var stranger = Tenor.Run("aggregate", example.Proof, "--keys", folder["set.tkeys"], "--key", example.Key, "-o", folder["x.proof"], "--statement", folder["x.json"]).Exits(1);
        Assert.Contains("admits", stranger.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["x.proof"]));
    }
}
