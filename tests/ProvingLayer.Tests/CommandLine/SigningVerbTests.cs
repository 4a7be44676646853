using System.Text.RegularExpressions;
using ProvingLayer.TestSupport;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.CommandLine;

/// <summary><c>tenor keygen</c> and <c>tenor sign</c>: two parties, each with a key of its own, sign the opening of an option, which is then proved.</summary>
public sealed class SigningVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Two_parties_sign_a_step_with_their_own_keys_and_it_is_proved()
    {
        Tenor.Run("build", Program.Options, "--machine", "ApplePut", "--profile", "test", "-o", folder["out"]).Exits(0);
        var (artifact, key) = (folder["out/ApplePut.tnart"], folder["out/ApplePut.vkey"]);
        var parties = new Dictionary<string, string>();
        foreach (var name in new[] { "alice", "bob" })
        {
            var made = Tenor.Run("keygen", "-o", folder[$"{name}.tkey"], "--signatures", "5", "--format", "json").Exits(0).Json;
            parties[name] = made.GetProperty("key").GetString()!;
            Assert.Equal(8, made.GetProperty("signatures").GetInt32());
            Assert.Equal(parties[name] + "\n", File.ReadAllText(folder[$"{name}.tpub"]));
        }

        Tenor.Run("keygen", "-o", folder["alice.tkey"]).Exits(2); // no key is written over

        // The scenario with real keys, whose signatures come later.
        var scenario = Regex.Replace(File.ReadAllText(Path.Combine(Program.Scenarios(Program.Options), "apple-put-80-2020-03-30.json")), ", \"by\": .*\\]", "")
            .Replace("K.alice", parties["alice"], StringComparison.Ordinal).Replace("K.bob", parties["bob"], StringComparison.Ordinal);
        File.WriteAllText(folder["life.json"], scenario);
        Assert.Contains("NotAuthorized", Tenor.Run("run", Program.Options, folder["life.json"]).Exits(1).Error, StringComparison.Ordinal);
        Tenor.Run("run", Program.Options, folder["life.json"], "--unsigned", "--inputs", folder["steps"]).Exits(0);
        var open = folder["steps/1-open.json"];
        Assert.DoesNotContain("chains", File.ReadAllText(open), StringComparison.Ordinal);
        string[] prove = ["prove", artifact, "--profile", "test", "--input", open, "-o", folder["open.proof"], "--statement", folder["open.json"]];
        Assert.Contains("NotAuthorized", Tenor.Run(prove).Exits(1).Error, StringComparison.Ordinal);

        var shown = Tenor.Run("sign", folder["alice.tkey"], artifact, "--key", key, "--input", open, "-o", open).Exits(0).Output;
        Assert.Contains("args.premium", shown, StringComparison.Ordinal);
        Assert.Contains("7 signatures left", shown, StringComparison.Ordinal);
        Assert.Contains("NotAuthorized", Tenor.Run(prove).Exits(1).Error, StringComparison.Ordinal); // one of two
        Tenor.Run("sign", folder["bob.tkey"], artifact, "--key", key, "--input", open, "-o", open).Exits(0);
        Tenor.Run(prove).Exits(0);

        // A step that asks nobody is not signed, nor one under another program's key.
        Assert.Contains("it asks nobody", Tenor.Run("sign", folder["bob.tkey"], artifact, "--key", key, "--input", folder["steps/2-exercise.json"], "-o", folder["x"]).Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(File.ReadAllText(open), "\"randomizer\""));
    }

    [Fact]
    public void A_feed_signs_a_quote_and_the_holder_the_step_and_it_is_proved()
    {
        var put = Repository.PathOf("examples", "08-signed-put", "put.tenor");
        Tenor.Run("build", put, "--machine", "EtherPut", "--profile", "test", "-o", folder["out"]).Exits(0);
        var (artifact, key, keys) = (folder["out/EtherPut.tnart"], folder["out/EtherPut.vkey"], new Dictionary<string, string>());
        foreach (var name in new[] { "bob", "feed" })
        {
            keys[name] = Tenor.Run("keygen", "-o", folder[$"{name}.tkey"], "--signatures", "3", "--format", "json").Exits(0).Json.GetProperty("key").GetString()!;
        }

        var scenario = """
            {
              "machine": "EtherPut",
              "new": { "writer": "K.alice", "holder": "BOB", "oracle": "FEED", "strike": "3000.00", "size": "2 ETH", "expiry": "2026-06-26T08:00:00Z" },
              "steps": [
                { "at": "2026-05-27T08:00:00Z", "call": "open", "args": { "premium": "150.00 USDC" } },
                { "at": "2026-06-26T09:00:00Z", "call": "exercise", "args": { "fix": { "value": { "price": "2500.00", "time": "2026-06-26T08:00:00Z" } } } }
              ]
            }
            """.Replace("BOB", keys["bob"], StringComparison.Ordinal).Replace("FEED", keys["feed"], StringComparison.Ordinal);
        File.WriteAllText(folder["life.json"], scenario);
        Tenor.Run("run", put, folder["life.json"], "--unsigned", "--inputs", folder["steps"]).Exits(0);
        var exercise = folder["steps/2-exercise.json"];
        string[] prove = ["prove", artifact, "--profile", "test", "--input", exercise, "-o", folder["exercise.proof"], "--statement", folder["exercise.json"]];
        string[] Signs(string name) => ["sign", folder[$"{name}.tkey"], artifact, "--key", key, "--input", exercise, "-o", exercise];
        Assert.Contains("data in it is not signed yet", Tenor.Run(Signs("bob")).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("signed data of EtherPut.exercise", Tenor.Run(Signs("feed")).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("NotAuthorized", Tenor.Run(prove).Exits(1).Error, StringComparison.Ordinal);
        Tenor.Run(Signs("bob")).Exits(0);
        Tenor.Run(prove).Exits(0);

        // S7: neither the quote's signer nor its signature are in what is published.
        var told = File.ReadAllText(folder["exercise.json"]);
        Assert.DoesNotContain(keys["feed"], told, StringComparison.Ordinal);
        Assert.DoesNotContain("randomizer", told, StringComparison.Ordinal);
        Assert.Contains("2500", told.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal); // disclosed
    }

    [Fact]
    public void Inputs_of_a_signed_step_are_written_for_the_program_that_proves_them() =>
        Assert.Contains(
            "no signature is good without its program",
            Tenor.Run("run", Program.Options, Path.Combine(Program.Scenarios(Program.Options), "apple-put-80-2020-03-30.json"), "--inputs", folder["steps"]).Exits(2).Error,
            StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();
}
