namespace ProvingLayer.Tests.CommandLine;

/// <summary><c>tenor history</c>, and <c>verify</c> and <c>inspect</c> on what it writes.</summary>
public sealed class HistoryVerbTests(ProvedExample example) : IClassFixture<ProvedExample>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_proved_before_a_step_that_fails_is_kept()
    {
        var (proof, statement) = (folder["life.proof"], folder["life.json"]);
        var outcome = Tenor.Run(
            "history", example.Artifact, example["steps/1-open.json"], example["steps/2-exercise.json"], example["steps/2-exercise.json"], "-o", proof, "--statement", statement, "--memory", "1").Exits(1);
        Assert.Contains("life.2.proof", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["life.3.proof"]));
        Assert.All([1, 2], n => Tenor.Run("verify", folder[$"life.{n}.proof"], "--key", example.Key, "--statement", folder[$"life.{n}.json"]).Exits(0));
    }

    [Fact]
    public void The_life_of_an_option_is_one_proof()
    {
        var json = Tenor.Run("history", example.Artifact, example["steps"], "-o", folder["life.proof"], "--statement", folder["life.json"], "--format", "json").Exits(0).Json;
        Assert.Equal(3, json.GetProperty("steps").GetInt32());
        Assert.Equal(1, json.GetProperty("segments").GetArrayLength());
        Assert.True(json.GetProperty("securityBits").GetDouble() >= 100);
        Assert.True(json.GetProperty("zeroKnowledge").GetBoolean());

        var verified = Tenor.Run("verify", folder["life.proof"], "--key", example.Key, "--statement", folder["life.json"]).Exits(0);
        Assert.StartsWith("verified 3 steps of ApplePut in ", verified.Output, StringComparison.Ordinal);
        Assert.Contains("args.spot 63.7000 USD/AAPL", verified.Output, StringComparison.Ordinal);

        File.WriteAllText(folder["forged.json"], File.ReadAllText(folder["life.json"]).Replace("63.7000", "63.6900", StringComparison.Ordinal));
        var refused = Tenor.Run("verify", folder["life.proof"], "--key", example.Key, "--statement", folder["forged.json"], "--format", "json").Exits(4).Json;
        Assert.Equal("statement", refused.GetProperty("misfit").GetString());
        Assert.Equal("key", Tenor.Run("verify", folder["life.proof"], "--key", example.OtherKey, "--statement", folder["life.json"], "--format", "json").Exits(4).Json.GetProperty("misfit").GetString());

        Assert.Equal("statement of a history", Tenor.Run("inspect", folder["life.json"], "--format", "json").Exits(0).Json.GetProperty("kind").GetString());
        Assert.Contains("histories", Tenor.Run("inspect", example.Key).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_cut_by_its_memory_gives_numbered_files()
    {
        var (proof, statement) = (folder["life.proof"], folder["life.json"]);
        Tenor.Run("history", example.Artifact, example["steps/1-open.json"], example["steps/2-exercise.json"], "-o", proof, "--statement", statement, "--memory", "1").Exits(0);
        Assert.False(File.Exists(proof));
        for (var i = 1; i <= 2; i++)
            Tenor.Run("verify", folder[$"life.{i}.proof"], "--key", example.Key, "--statement", folder[$"life.{i}.json"]).Exits(0);
    }

    [Fact]
    public void What_cannot_be_a_history_is_said()
    {
        var order = Tenor.Run("history", example.Artifact, example["steps/2-exercise.json"], example["steps/1-open.json"], "-o", folder["p"], "--statement", folder["s"]).Exits(1);
        Assert.Contains("step 1, open: it does not begin where the step before it ended", order.Error, StringComparison.Ordinal);
        var claim = Tenor.Run("history", example["out/Solvency.tnart"], example["steps"], "-o", folder["p"], "--statement", folder["s"]);
        Assert.NotEqual(0, claim.ExitCode);
        Assert.Contains("only machines have histories", claim.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["p"]));
    }
}
