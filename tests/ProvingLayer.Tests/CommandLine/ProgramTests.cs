using System.Text;
using System.Text.Json;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.CommandLine;

/// <summary><c>build</c>, <c>run</c>, <c>test</c>, <c>prove</c> and <c>inspect</c>, from outside.</summary>
public sealed class ProgramTests(ProvedExample example) : IClassFixture<ProvedExample>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Build_writes_artifact_abi_and_key_of_every_target_and_nothing_else()
    {
        var names = new[] { "AppleCall", "ApplePut", "MicrosoftCall", "MicrosoftPut", "Solvency" };
        Assert.Equal(
            names.SelectMany(name => new[] { $"{name}.abi.json", $"{name}.cost.json", $"{name}.tnart", $"{name}.transparent.vkey", $"{name}.vkey" }),
            Directory.GetFiles(example["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var programs = example.Built.Json.GetProperty("programs").EnumerateArray().ToList();
        Assert.Equal(names, programs.Select(p => p.GetProperty("name").GetString()));
        Assert.All(programs.SelectMany(p => p.GetProperty("transitions").EnumerateArray()), t => Assert.True(t.GetProperty("securityBits").GetDouble() >= 100));
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(File.ReadAllBytes(example["out/ApplePut.abi.json"])).RootElement.ValueKind);
    }

    [Fact]
    public void Build_of_one_instance_by_name_and_of_an_unknown_one()
    {
        Tenor.Run("build", Program.Options, "-o", folder["one"], "--machine", "EuropeanPut<MSFT, USD>", "--profile", "test").Exits(0);
        Assert.Equal(2, Directory.GetFiles(folder["one"], "*.vkey").Length); // hiding and transparent
        var outcome = Tenor.Run("build", Program.Options, "-o", folder["none"], "--machine", "AplePut");
        Assert.True(outcome.ExitCode is 1 or 2, outcome.Error);
        Assert.Contains("AplePut", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public void Build_of_a_wrong_program_writes_nothing_and_shows_the_diagnostics()
    {
        folder.Write("bad.tenor", "module m;\nasset USD { decimals: 2 }\nstatement S(pub a: qty<USD>) -> qty<USD> { b }\n");
        var outcome = Tenor.RunIn(folder.Root, "build", "bad.tenor", "-o", "out").Exits(1);
        Assert.Matches(@"bad\.tenor\(3,\d+,3,\d+\): error TNR1\d{3}: ", outcome.Error);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void S4_two_builds_in_one_folder_at_once_leave_whole_files()
    {
        var builds = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Tenor.Run("build", Program.Solvency, "-o", folder["out"]))).ToArray();
        Assert.All(builds, build => build.GetAwaiter().GetResult().Exits(0));
        Assert.Equal(5, Directory.GetFiles(folder["out"]).Length);
        Assert.Equal(File.ReadAllBytes(example["out/Solvency.vkey"]), File.ReadAllBytes(folder["out/Solvency.vkey"]));
        Assert.Equal(File.ReadAllBytes(example["out/Solvency.tnart"]), File.ReadAllBytes(folder["out/Solvency.tnart"]));
    }

    [Fact]
    public void Run_shows_states_flows_and_events()
    {
        var json = example.Ran.Json;
        var steps = json.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(["open", "exercise", "exercise", "settle"], steps.Select(s => s.GetProperty("call").GetString()));
        Assert.Equal([true, false, true, true], steps.Select(s => s.GetProperty("accepted").GetBoolean()));
        Assert.Equal("TooEarly", steps[1].GetProperty("failure").GetString());
        Assert.Equal("1630.00", steps[2].GetProperty("events")[0].GetProperty("payout").GetString());
        Assert.Equal("Settled", steps[3].GetProperty("state").GetString());
        var flows = json.GetProperty("flows").EnumerateArray().ToDictionary(f => f.GetProperty("party").GetString()!, f => f.GetProperty("amount").GetString());
        Assert.Equal(("630.00", "-630.00"), (flows["K.bob"], flows["K.alice"]));
        Assert.Equal(3, json.GetProperty("inputs").GetArrayLength());
        var text = Tenor.Run("run", Program.Options, "examples/01-european-option/scenarios/apple-put-80-2020-03-30.json").Exits(0);
        Assert.Contains("K.bob receives 1,630.00 USD", text.Output, StringComparison.Ordinal);
        Assert.Empty(text.Error);
    }

    [Theory]
    [InlineData("{\"machine\": \"ApplePut\"", "line 1")]
    [InlineData("{\"machine\": \"NoSuchMachine\", \"new\": {}, \"steps\": []}", "NoSuchMachine")]
    [InlineData("{\"machine\": \"ApplePut\", \"new\": {\"strike\": \"80.00\"}, \"steps\": []}", "new.")]
    [InlineData("{\"machine\": \"ApplePut\", \"new\": {}, \"steps\": [], \"stpes\": []}", "stpes")]
    public void Run_of_a_wrong_scenario_says_where_it_is_wrong(string scenario, string words)
    {
        var outcome = Tenor.Run("run", Program.Options, folder.Write("s.json", scenario)).Exits(1);
        Assert.Contains(words, outcome.Error.Replace("LineNumber: 0", "line 1", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_of_a_scenario_that_goes_otherwise_fails_with_source_place_and_values()
    {
        var text = File.ReadAllText(Path.Combine(Program.Scenarios(Program.Options), "apple-put-80-2020-03-30.json")).Replace("\"63.70\"}}", "\"90.00\"}}", StringComparison.Ordinal);
        var outcome = Tenor.Run("run", Program.Options, folder.Write("s.json", text)).Exits(1);
        Assert.Contains("NotInTheMoney", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("option.tenor(", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("90.0000", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_runs_the_tests_of_the_examples_and_filters_them()
    {
        var json = Tenor.Run("test", Program.Options, "--format", "json").Exits(0).Json;
        Assert.Equal(0, json.GetProperty("failed").GetInt32());
        Assert.True(json.GetProperty("passed").GetInt32() >= 6);
        Assert.Single(Tenor.Run("test", Program.Options, "--filter", "CAP", "--format", "json").Exits(0).Json.GetProperty("tests").EnumerateArray());
        Tenor.Run("test", Program.Options, "--filter", "nothing is called so").Exits(2);
    }

    [Fact]
    public void Test_that_fails_exits_with_1_and_shows_place_and_values()
    {
        var source = File.ReadAllText(TestSupport.Repository.PathOf(Program.Options)).Replace("== 630.00 USD;", "== 631.00 USD;", StringComparison.Ordinal);
        var outcome = Tenor.Run("test", folder.Write("option.tenor", source)).Exits(1);
        Assert.Contains("failed  a put struck at 80", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("630", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("631", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Prove_reports_what_it_did()
    {
        var json = example.Proved.Json;
        Assert.Equal("exercise", json.GetProperty("transition").GetString());
        Assert.Equal(new FileInfo(example.Proof).Length, json.GetProperty("proofBytes").GetInt64());
        Assert.True(json.GetProperty("securityBits").GetDouble() >= 100);
        Assert.True(json.GetProperty("zeroKnowledge").GetBoolean());
        Assert.Empty(example.Proved.Error);
    }

    /// <summary>Each proof belongs to one of the two keys, and the tool says which.</summary>
    [Fact]
    public void P13_transparent_proofs_are_of_the_sister_key_and_are_called_so()
    {
        var (proof, statement, sister) = (folder["t.proof"], folder["t.json"], example["out/ApplePut.transparent.vkey"]);
        var proved = Tenor.Run("prove", example.Artifact, "--input", example.Input, "-o", proof, "--statement", statement, "--transparent").Exits(0);
        Assert.Contains("transparent: not zero-knowledge", proved.Output, StringComparison.Ordinal);
        Assert.Contains("transparent", Tenor.Run("verify", proof, "--key", sister, "--statement", statement).Exits(0).Output, StringComparison.Ordinal);
        Tenor.Run("verify", proof, "--key", example.Key, "--statement", statement).Exits(4);
        Tenor.Run("verify", example.Proof, "--key", sister, "--statement", example.Statement).Exits(4);
        Assert.Contains(", zk", Tenor.Run("verify", example.Proof, "--key", example.Key, "--statement", example.Statement).Exits(0).Output, StringComparison.Ordinal);
        foreach (var (file, word) in new[] { (proof, "transparent: not"), (sister, "transparent: not"), (example.Proof, "zk: zero-knowledge"), (example.Key, "zk: zero-knowledge") })
        {
            Assert.Contains(word, Tenor.Run("inspect", file).Exits(0).Output, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, string, string> WrongInputs => new()
    {
        { "\"63.7000\"", "\"63.70001\"", "args.spot" },
        { "\"63.7000\"", "63.7", "\"63.7\"" },
        { "\"spot\"", "\"sport\"", "args.spot: this value is missing" },
        { "\"spot\"", "\"extra\": \"1\",\n    \"spot\"", "args.extra: no such value" },
        { "\"spot\"", "\"spot\": \"1\",\n    \"spot\"", "args.spot: this name stands here twice" },
        { "\"exercise\"", "\"exercize\"", "'exercize'" },
        { "\"ApplePut\"", "\"ApplePit\"", "ApplePit" },
        { "{", "{{", "not well-formed" },
        { "2020-03-30T01:00:00Z", "2020-03-30", "now.from" },
        { "\"8000.00\"", "\"-1.00\"", "record.data.margin" },
        { "\"80.0000\"", "\"60.0000\"", "NotInTheMoney" },
    };

    [Theory]
    [MemberData(nameof(WrongInputs))]
    public void Prove_refuses_wrong_inputs_with_their_place_and_writes_nothing(string old, string replacement, string words)
    {
        var text = File.ReadAllText(example.Input);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        var path = folder.Write("input.json", text[..at] + replacement + text[(at + old.Length)..]);
        var outcome = Tenor.Run("prove", example.Artifact, "--input", path, "-o", folder["p"], "--statement", folder["s.json"]).Exits(1);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["p"]) || File.Exists(folder["s.json"]));
        if (!words.Contains("NotInTheMoney", StringComparison.Ordinal) && !words.Contains("missing", StringComparison.Ordinal) && old[0] != '{' && !words.Contains("ApplePit", StringComparison.Ordinal) && !words.StartsWith('\''))
        {
            Assert.Matches(@"input\.json\(\d+,\d+\): ", outcome.Error);
        }
    }

    [Fact]
    public void Prove_refuses_another_transition_than_the_inputs_name()
    {
        var outcome = Tenor.Run("prove", example.Artifact, "--transition", "settle", "--input", example.Input, "-o", folder["p"], "--statement", folder["s.json"]).Exits(1);
        Assert.Contains("these are inputs of exercise, not of settle", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void S7_private_inputs_stand_in_nothing_that_is_written_but_the_inputs_file()
    {
        // Canaries: the salts, which occur nowhere else, and the strike.
        using var document = JsonDocument.Parse(File.ReadAllBytes(example.Input));
        var record = document.RootElement.GetProperty("record");
        string[] canaries =
        [
            record.GetProperty("salt").GetProperty("fixed").GetString()![2..], record.GetProperty("salt").GetProperty("rest").GetString()![2..],
            document.RootElement.GetProperty("salt").GetProperty("next").GetString()![2..], "80.0000", "\"80.00\"",
        ];
        var written = example.Proved.Output + example.Proved.Error + File.ReadAllText(example.Statement) + Encoding.Latin1.GetString(File.ReadAllBytes(example.Proof));
        Assert.All(canaries, canary => Assert.DoesNotContain(canary, written, StringComparison.Ordinal));
    }

    /// <summary>Salts and amounts that occur nowhere else, in inputs that are refused: by a check of the program, while they are read, and where a value does not fit.</summary>
    [Theory]
    [InlineData("\"80.0000\"", "\"60.0417\"", "NotInTheMoney")]
    [InlineData("\"8000.00\"", "\"1600.37\"", "")]
    [InlineData("\"63.7000\"", "\"63.70001\"", "args.spot")]
    [InlineData("\"exercise\"", "\"exercize\"", "exercize")]
    public void S7_private_inputs_stand_in_no_error(string old, string replacement, string words)
    {
        var text = File.ReadAllText(example.Input);
        using var document = JsonDocument.Parse(text);
        var record = document.RootElement.GetProperty("record");
        string[] canaries =
        [
            record.GetProperty("salt").GetProperty("fixed").GetString()![2..], record.GetProperty("salt").GetProperty("rest").GetString()![2..],
            document.RootElement.GetProperty("salt").GetProperty("next").GetString()![2..], "60.0417", "600417", "1600.37", "160037", "80.0000", "8000.00",
        ];
        foreach (var verbosity in (string[][])[[], ["--format", "json"]])
        {
            var input = folder.Write("canary.json", text.Replace(old, replacement, StringComparison.Ordinal));
            var outcome = Tenor.Run(["prove", example.Artifact, "--input", input, "-o", folder["p"], "--statement", folder["s.json"], .. verbosity]).Exits(1);
            Assert.Contains(words, outcome.Output + outcome.Error, StringComparison.Ordinal);
            Assert.All(canaries, canary => Assert.DoesNotContain(canary, outcome.Output + outcome.Error, StringComparison.Ordinal));
            Assert.False(File.Exists(folder["p"]) || File.Exists(folder["s.json"]));
        }
    }

    [Fact]
    public void Inspect_tells_each_kind_of_file_and_what_its_user_must_know()
    {
        Assert.Equal("artifact", Inspect(example.Artifact).GetProperty("kind").GetString());
        Assert.Equal("proof", Inspect(example.Proof).GetProperty("kind").GetString());
        Assert.Equal("statement", Inspect(example.Statement).GetProperty("kind").GetString());
        Assert.Equal("inputs", Inspect(example.Input).GetProperty("kind").GetString());
        var key = Tenor.Run("inspect", example.Key).Exits(0).Output;
        Assert.Contains("zk: zero-knowledge", key, StringComparison.Ordinal);
        Assert.Contains("who pays in has signed the step", key, StringComparison.Ordinal);
        Assert.Contains("program id", key, StringComparison.Ordinal);
        Assert.Contains("zk: zero-knowledge", Tenor.Run("inspect", example.Proof).Exits(0).Output, StringComparison.Ordinal);
        Tenor.Run("inspect", folder.Write("x", "neither")).Exits(1);
        Tenor.Run("inspect", folder.Write("y", "{\"a\": 1}")).Exits(1);

        static JsonElement Inspect(string path) => Tenor.Run("inspect", path, "--format", "json").Exits(0).Json;
    }

    [Theory]
    [InlineData("out/ApplePut.tnart")]
    [InlineData("out/ApplePut.vkey")]
    [InlineData("exercise.proof")]
    public void S3_damaged_files_are_refused_with_a_reason(string name)
    {
        var bytes = File.ReadAllBytes(example[name]);
        byte[][] damaged = [bytes[..(bytes.Length / 2)], bytes[..7], [.. bytes, 0], [.. bytes[..4], 9, 0, 0, 0, .. bytes[8..]], [.. bytes[..8], 255, 255, 255, 255, .. bytes[12..]]];
        foreach (var content in damaged)
        {
            var outcome = Tenor.Run("inspect", example.Changed("damaged", content)).Exits(1);
            Assert.Contains("can be read", outcome.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("typed", "EuropeanPut<AAPL, USD>")]
    [InlineData("ir", "ApplePut")]
    [InlineData("circuit", "poseidon2")]
    public void Dump_prints_the_later_stages(string stage, string words)
    {
        var outcome = Tenor.Run("dump", "--stage", stage, Program.Options, "--machine", "ApplePut").Exits(0);
        Assert.Contains(words, outcome.Output, StringComparison.Ordinal);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public void Params_prints_what_the_verifier_enforces()
    {
        var profiles = Tenor.Run("params", "--format", "json").Exits(0).Json.GetProperty("profiles").EnumerateArray().ToList();
        Assert.Equal(["standard", "high", "udr", "recursion", "test"], profiles.Select(p => p.GetProperty("name").GetString()));
        foreach (var kind in (string[])["zk", "transparent"])
        {
            Assert.Equal([4, 4, 4, 2, 4], profiles.Select(p => p.GetProperty(kind).GetProperty("security").GetArrayLength())); // recursion: up to 2^15 rows
            Assert.All(profiles.Where(p => !p.GetProperty("forTests").GetBoolean()), p => Assert.All(
                p.GetProperty(kind).GetProperty("security").EnumerateArray(), level => Assert.True(level.GetProperty("bits").GetDouble() >= p.GetProperty("minimumBits").GetInt32())));
        }

        var (hiding, transparent) = (profiles[0].GetProperty("zk"), profiles[0].GetProperty("transparent"));
        Assert.Equal(("17/128", 62), (hiding.GetProperty("rate").GetString(), hiding.GetProperty("queries").GetInt32()));
        Assert.Equal(("1/8", 61), (transparent.GetProperty("rate").GetString(), transparent.GetProperty("queries").GetInt32()));
        Assert.Equal((72, 67), (hiding.GetProperty("blindingCoefficients").GetInt32(), hiding.GetProperty("chunkCoefficients").GetInt32()));
        Assert.False(transparent.TryGetProperty("blindingCoefficients", out _));
        var text = Tenor.Run("params", "standard").Exits(0).Output;
        Assert.Contains("[profile.standard.zk]", text, StringComparison.Ordinal);
        Assert.Contains("blinding_coefficients = 72", text, StringComparison.Ordinal);
        Tenor.Run("params", "standart").Exits(2);
    }
}
