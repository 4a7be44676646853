using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Scenarios;

/// <summary>
/// A machine's life or a statement's run, told in JSON:
/// <c>{"machine": "…", "new": {…}, "steps": [{"at": "…Z", "until": "…Z", "call": "open", "args": {…}, "by": ["K.alice"], "reject": "TooLate"}]}</c> or
/// <c>{"statement": "…", "args": {…}, "reject": "…"}</c>. A machine or statement goes by its name, an alias, or <c>Name&lt;A, B&gt;</c>.
/// </summary>
public sealed class Scenario
{
    private const int LargestFile = 16 << 20;

    private readonly BoundProgram program;
    private readonly SaltSource salts;
    private readonly IExecutionCheck? check;
    private readonly Digest programId;
    private readonly bool isUnsigned;
    private readonly ProofReader? proofs;
    private readonly ScenarioReader reader;
    private readonly ImmutableArray<ScenarioStep>.Builder steps = ImmutableArray.CreateBuilder<ScenarioStep>();
    private readonly List<PartyFlow> flows = [];

    private Scenario(BoundProgram program, SaltSource salts, IExecutionCheck? check, Digest programId, bool isUnsigned, ProofReader? proofs) =>
        (this.program, this.salts, this.check, this.programId, this.isUnsigned, this.proofs, reader) = (program, salts, check, programId, isUnsigned, proofs, new(program));

    /// <summary>Runs a scenario. Never throws on bad text.</summary>
    /// <param name="program">A program without errors.</param>
    /// <param name="json">The scenario, UTF-8.</param>
    /// <param name="salts">Where salts come from.</param>
    /// <param name="check">What every run is compared with, such as the circuit; null for nothing.</param>
    /// <param name="programId">The program that signatures are for; zero where nothing will be proved.</param>
    /// <param name="isUnsigned">Whether every signature counts as given: for inputs that others will sign.</param>
    /// <param name="proofs">Reads the inner proofs that the scenario names; null where it can name none.</param>
    public static ScenarioRun Run(BoundProgram program, ReadOnlyMemory<byte> json, SaltSource salts, IExecutionCheck? check = null, Digest programId = default, bool isUnsigned = false, ProofReader? proofs = null)
    {
        var scenario = new Scenario(program, salts, check, programId, isUnsigned, proofs);
        ScenarioError? error;
        try
        {
            if (json.Length > LargestFile)
                throw new JsonException("a scenario of more than 16 MiB");
            using var document = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false });
            error = scenario.Run(document.RootElement);
        }
        catch (JsonException exception)
        {
            error = new("", $"not JSON: {exception.Message}");
        }
        catch (TooLargeException)
        {
            error = new("", "a value too large to read");
        }

        return new(scenario.steps.ToImmutable(), [.. scenario.flows], scenario.reader.Names.ToImmutable(), error is null ? [] : [error]);
    }

    private ScenarioError? Run(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new("", "an object is expected");
        return root.TryGetProperty("statement", out _) ? RunStatement(root) : RunMachine(root);
    }

    private ScenarioError? RunStatement(JsonElement root)
    {
        if (ScenarioReader.Check(root, "", "statement", "args", "reject") is { } unknown)
            return unknown;
        var (target, compiled, error) = Compile(root, "statement");
        if (compiled is null)
            return error;
        if (target!.Statement is not { } statement)
            return new("statement", $"{target.Name} is a machine");
        var function = compiled.Functions[0];
        var (arguments, wrong) = Arguments(root, "", function, statement.Parameters);
        if (arguments is null)
            return wrong;
        var (reject, noText) = ScenarioReader.Text(root, "", "reject", isRequired: false);
        if (noText is not null)
            return noText;
        var inputs = function.Inputs.ToImmutableSortedDictionary(
            i => i.Name,
            i => i.Role switch
            {
                IrInputRole.Program => Scalar.Of(default(Digest)),
                IrInputRole.Signature or IrInputRole.SignatureSibling => Interpreter.Harmless(i.Type),
                _ => arguments.Values[i.Name],
            },
            StringComparer.Ordinal);
        var result = Interpreter.Run(function, inputs, null, isUnsigned ? new AssumedSignatures(reader.Data) : new TestSigners([], reader.Data), arguments.Source);
        inputs = function.Inputs.Zip(result.Inputs).ToImmutableSortedDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);
        steps.Add(new(compiled, function, Witness(inputs), result, reject, null, [], [], []) { Proofs = arguments.Paths });
        return Judge("", compiled, function, inputs, result, reject);
    }

    private ScenarioError? RunMachine(JsonElement root)
    {
        if (ScenarioReader.Check(root, "", "machine", "new", "steps") is { } unknown)
            return unknown;
        var (target, compiled, error) = Compile(root, "machine");
        if (compiled is null)
            return error;
        if (target!.Machine is not { } machine)
            return new("machine", $"{target.Name} is a statement");
        if (!root.TryGetProperty("new", out var making))
            return new("new", "missing");
        var (values, wrong) = reader.Fields(making, "new", [.. machine.Symbol.Data.Where(f => !f.StartsEmpty).Select(f => (f.Name, f.Type, f.Default))]);
        if (values is null)
            return wrong;
        var instance = MachineInstance.New(machine.Symbol, compiled, f => values[f.Name], salts);
        if (!root.TryGetProperty("steps", out var list) || list.ValueKind != JsonValueKind.Array)
            return new("steps", "an array is expected");
        var i = 0;
        foreach (var step in list.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"steps[{i++}]");
            if (RunStep(step, path, ref instance) is { } failed)
                return failed;
        }

        return null;
    }

    private ScenarioError? RunStep(JsonElement element, string path, ref MachineInstance instance)
    {
        if (ScenarioReader.Check(element, path, "at", "until", "call", "args", "by", "reject") is { } unknown)
            return unknown;
        var (call, noCall) = ScenarioReader.Text(element, path, "call", isRequired: true);
        if (call is null)
            return noCall;
        var symbol = instance.Symbol;
        if (symbol.Transitions.FirstOrDefault(t => t.Name == call) is not { } transition)
            return new($"{path}.call", $"{symbol.Name} has no transition {call}; it has {string.Join(", ", symbol.Transitions.Select(t => t.Name))}");
        if (!element.TryGetProperty("at", out var at))
            return new($"{path}.at", "missing");
        var times = new List<Scalar>();
        if (reader.Read(at, $"{path}.at", NumberType.Time, times) is { } noTime)
            return noTime;
        if (element.TryGetProperty("until", out var until) && reader.Read(until, $"{path}.until", NumberType.Time, times) is { } noEnd)
            return noEnd;
        var (reject, noText) = ScenarioReader.Text(element, path, "reject", isRequired: false);
        if (noText is not null)
            return noText;
        var (arguments, wrong) = Arguments(element, path, instance.Program.Functions[transition.Ordinal], transition.Parameters);
        if (arguments is null)
            return wrong;
        var (signers, noSigner) = reader.Signers(element, path);
        if (signers is null)
            return noSigner;
        var step = instance.Step(
            transition.Ordinal, arguments.Values, times[0].Number, times[^1].Number, salts, isUnsigned ? new AssumedSignatures(reader.Data) : new TestSigners(signers, reader.Data), programId, arguments.Source);
        instance = step.After ?? instance;
        var after = instance;
        steps.Add(new(
            after.Program,
            step.Function,
            step.Witness,
            step.Result,
            reject,
            after.State.Name,
            [.. symbol.Data.Where(f => f.IsVault).Select(f => new VaultBalance(f.Name, Shape.FormatOf(((VaultType)f.Type).Balance).Print(Scalar.Of(after.BalanceOf(f)))))],
            [.. step.Receipts()],
            [.. step.Events()])
        {
            Proofs = arguments.Paths,
        });
        foreach (var receipt in step.Receipts().Where(r => !r.IsIssue))
            Settle(receipt);
        return Judge(path, after.Program, step.Function, step.Inputs, step.Result, reject);
    }

    private (GivenArguments? Arguments, ScenarioError? Error) Arguments(
        JsonElement element, string path, IrFunction function, ImmutableArray<LocalSymbol> parameters)
    {
        var given = new GivenArguments([], [], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
        if (!element.TryGetProperty("args", out var args))
            return parameters.IsEmpty ? (given, null) : (null, new(ScenarioReader.Join(path, "args"), "missing"));
        var at = ScenarioReader.Join(path, "args");
        if (ScenarioReader.Check(args, at, [.. parameters.Select(p => p.Name)]) is { } unknown)
            return (null, unknown);
        foreach (var parameter in parameters)
        {
            if (parameter.Type is ProofType)
            {
                var asked = function.Proofs.First(p => p.Name == $"args.{parameter.Name}");
                var (file, noText) = ScenarioReader.Text(args, at, parameter.Name, isRequired: true);
                if (file is null)
                    return (null, noText);
                if (proofs is null)
                    return (null, new(ScenarioReader.Join(at, parameter.Name), "no proof can be read here"));
                if (proofs(file, asked, out var fault) is not { } proof)
                    return (null, new(ScenarioReader.Join(at, parameter.Name), fault ?? "this proof cannot be read"));
                given = given with { Paths = given.Paths.Add(asked.Name, file) };
                given.Proofs.Add(asked.Name, proof.Proof);
                foreach (var (name, value) in proof.Said)
                    given.Values.Add(name, value);
                continue;
            }

            var scalars = new List<Scalar>();
            if (!args.TryGetProperty(parameter.Name, out var property))
                return (null, new(ScenarioReader.Join(at, parameter.Name), "missing"));
            if (reader.Read(property, ScenarioReader.Join(at, parameter.Name), parameter.Type, scalars) is { } wrong)
                return (null, wrong);
            foreach (var (leaf, scalar) in Shape.LeavesOf(parameter.Type, $"args.{parameter.Name}").Zip(scalars))
                given.Values.Add(leaf.Path, scalar);
        }

        return (given, null);
    }

    private (BuildTarget? Target, IrProgram? Compiled, ScenarioError? Error) Compile(JsonElement root, string property)
    {
        var (name, error) = ScenarioReader.Text(root, "", property, isRequired: true);
        if (name is null)
            return (null, null, error);
        var bag = new DiagnosticBag();
        return program.Instantiate(name, bag) is { } target && Compilation.Lower(target, bag) is { } compiled
            ? (target, compiled, null)
            : (null, null, new(property, bag.ToSorted().FirstOrDefault(d => d.Severity == Severity.Error)?.Message ?? $"there is no {property} {name}"));
    }

    private ScenarioError? Judge(
        string path, IrProgram compiled, IrFunction function, ImmutableSortedDictionary<string, Scalar>? inputs, RunResult result, string? reject)
    {
        if (inputs is not null && check?.Compare(compiled, function, inputs, result) is { } difference)
            return new(path, $"interpreter and circuit differ: {difference}");
        if (result.Failure is { } failure)
            return failure.Name == reject ? null : new(path, reject is null ? failure.ToString() : $"expected {reject}, got {failure}");
        return reject is null ? null : new(ScenarioReader.Join(path, "reject"), $"expected {reject}, and nothing failed");
    }

    private void Settle(StepReceipt receipt)
    {
        var at = flows.FindIndex(f => f.Party == receipt.Party && f.Asset == receipt.Asset);
        if (at < 0)
            flows.Add(new(receipt.Party, receipt.Asset, receipt.Decimals, receipt.Amount));
        else
            flows[at] = flows[at] with { Amount = flows[at].Amount + receipt.Amount };
    }

    private static ImmutableSortedDictionary<string, Scalar> Witness(ImmutableSortedDictionary<string, Scalar> inputs) => inputs.Remove("programId");

    /// <summary>The arguments of a step or statement: scalars by the names of the inputs; of proofs what they say, their bytes and their paths.</summary>
    private sealed record GivenArguments(Dictionary<string, Scalar> Values, Dictionary<string, byte[]> Proofs, ImmutableSortedDictionary<string, string> Paths)
    {
        public IProofSource? Source => Proofs.Count == 0 ? null : new NativeProofs(Proofs, InnerKeys.Standard);
    }
}
