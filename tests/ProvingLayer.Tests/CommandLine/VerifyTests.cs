using System.Text.Json.Nodes;

namespace ProvingLayer.Tests.CommandLine;

/// <summary><c>verify</c> as a stranger runs it: it needs key, statement and proof alone, and says which of them does not fit.</summary>
public sealed class VerifyTests(ProvedExample example) : IClassFixture<ProvedExample>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_proof_verifies_where_there_is_nothing_but_key_statement_and_proof()
    {
        File.Copy(example.Key, folder["k"]);
        File.Copy(example.Proof, folder["p"]);
        File.Copy(example.Statement, folder["s"]);
        var json = Tenor.RunIn(folder.Root, "verify", "p", "--key", "k", "--statement", "s", "--format", "json").Exits(0).Json;
        Assert.True(json.GetProperty("accepted").GetBoolean());
        Assert.True(json.GetProperty("securityBits").GetDouble() >= 100);
        var text = Tenor.RunIn(folder.Root, "verify", "p", "--key", "k", "--statement", "s").Exits(0);
        Assert.StartsWith("verified ApplePut.exercise in ", text.Output, StringComparison.Ordinal);
        Assert.Contains("63.7000 USD/AAPL", text.Output, StringComparison.Ordinal);
        Assert.Empty(text.Error);
    }

    [Fact]
    public void The_key_of_another_program_is_named() => Rejects("key", example.Proof, example.OtherKey, example.Statement);

    [Fact]
    public void P10_a_key_with_the_test_profile_is_refused()
    {
        Tenor.Run("build", Programs.Examples.Options, "-o", folder["out"], "--machine", "ApplePut", "--profile", "test").Exits(0);
        Tenor.Run("prove", folder["out/ApplePut.tnart"], "--input", example.Input, "-o", folder["p"], "--statement", folder["s"], "--profile", "test").Exits(0);
        var outcome = Rejects("key", folder["p"], folder["out/ApplePut.vkey"], folder["s"]);
        Assert.Contains("for tests", outcome.GetProperty("message").GetString(), StringComparison.Ordinal);
        Rejects("key", folder["p"], example.Key, folder["s"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(50_000)]
    [InlineData(-1)]
    public void A_flipped_bit_of_the_proof_is_named(int at)
    {
        var bytes = File.ReadAllBytes(example.Proof);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        Rejects("proof", example.Changed("p", bytes), example.Key, example.Statement);
    }

    [Fact]
    public void Other_files_are_no_proofs_and_no_keys()
    {
        Rejects("proof", example.Key, example.Key, example.Statement);
        Rejects("proof", example.Changed("p", []), example.Key, example.Statement);
        Rejects("proof", example.Changed("p", File.ReadAllBytes(example.Proof)[..1_000]), example.Key, example.Statement);
        Rejects("key", example.Proof, example.Proof, example.Statement);
        Rejects("statement", example.Proof, example.Key, example.Proof);
    }

    public static TheoryData<string> PublicFields => ["transition", "preRoot", "postRoot", "argumentsDigest", "flowsDigest", "eventsDigest", "notBefore", "notAfter", "programId"];

    [Theory]
    [MemberData(nameof(PublicFields))]
    public void C15_every_public_field_changed_alone_is_refused(string field)
    {
        var statement = Statement();
        var old = (string)statement["public"]![field]!;
        statement["public"]![field] = field switch
        {
            "transition" => "2",
            "notBefore" or "notAfter" => "2020-03-30T01:00:01Z",
            _ => old[..^1] + (old[^1] == '0' ? '1' : '0'),
        };
        var json = Verify(example.Proof, example.Key, example.Changed("s.json", System.Text.Encoding.UTF8.GetBytes(statement.ToJsonString()))).Exits(4).Json;
        Assert.Equal(
            field switch
            {
                "programId" => "key",
                "transition" or "argumentsDigest" or "flowsDigest" or "eventsDigest" => "statement",
                _ => "proof",
            },
            json.GetProperty("misfit").GetString());
    }

    [Theory]
    [InlineData("args", "spot", "63.7001")]
    [InlineData("events", "payout", "1630.01")]
    [InlineData("events", "spot", "63.7001")]
    public void An_opened_value_that_was_changed_is_refused_because_its_digest_is_computed_again(string list, string name, string value)
    {
        var statement = Statement();
        (list == "args" ? statement[list]! : statement[list]![0]!)[name] = value;
        var json = Rejects("statement", example.Proof, example.Key, example.Changed("s.json", System.Text.Encoding.UTF8.GetBytes(statement.ToJsonString())));
        Assert.Contains("Digest", json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"public\"", "\"pubic\"")]
    [InlineData("\"spot\": \"63.7000\"", "\"spot\": 63.7")]
    [InlineData("\"transition\": \"1\"", "\"transition\": \"70000\"")]
    [InlineData("\"notAfter\"", "\"notBefore\"")]
    [InlineData("{", "")]
    public void A_malformed_statement_is_refused_with_its_place(string old, string replacement)
    {
        var text = File.ReadAllText(example.Statement);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0);
        var json = Rejects("statement", example.Proof, example.Key, example.Changed("s.json", System.Text.Encoding.UTF8.GetBytes(text[..at] + replacement + text[(at + old.Length)..])));
        Assert.Contains("s.json", json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Digests_that_are_not_canonical_are_refused()
    {
        var statement = Statement();
        statement["public"]!["preRoot"] = "0xffffffff" + ((string)statement["public"]!["preRoot"]!)[10..];
        Rejects("statement", example.Proof, example.Key, example.Changed("s.json", System.Text.Encoding.UTF8.GetBytes(statement.ToJsonString())));
    }

    [Fact]
    public void A_missing_file_is_a_usage_error()
    {
        Assert.Contains("did you mean 'exercise.proof'?", Verify(example["exercis.proof"], example.Key, example.Statement).Exits(2).Json.GetProperty("hint").GetString(), StringComparison.Ordinal);
        Verify(example.Proof, example["none"], example.Statement).Exits(2);
        Verify(example.Proof, example.Key, example["none"]).Exits(2);
        Tenor.Run("verify", example.Proof, "--key", example.Key).Exits(2);
    }

    [Fact]
    public void A_rejection_for_people_goes_to_standard_error()
    {
        var outcome = Tenor.Run("verify", example.Proof, "--key", example.OtherKey, "--statement", example.Statement).Exits(4);
        Assert.Empty(outcome.Output);
        Assert.StartsWith("rejected: the key does not fit", outcome.Error, StringComparison.Ordinal);
    }

    private JsonNode Statement() => JsonNode.Parse(File.ReadAllBytes(example.Statement))!;

    private static Outcome Verify(string proof, string key, string statement) => Tenor.Run("verify", proof, "--key", key, "--statement", statement, "--format", "json");

    private static System.Text.Json.JsonElement Rejects(string misfit, string proof, string key, string statement)
    {
        var outcome = Verify(proof, key, statement).Exits(4);
        Assert.False(outcome.Json.GetProperty("accepted").GetBoolean());
        Assert.Equal(misfit, outcome.Json.GetProperty("misfit").GetString());
        Assert.DoesNotContain("Exception", outcome.Output + outcome.Error, StringComparison.Ordinal);
        return outcome.Json;
    }
}
