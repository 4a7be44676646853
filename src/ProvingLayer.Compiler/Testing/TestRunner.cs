using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Compiler.Testing;

/// <summary>Runs the <c>test</c> blocks of a program, each from nothing, as many at once as there are processors.</summary>
public sealed partial class TestRunner
{
    private readonly BoundProgram program;
    private readonly IExecutionCheck? check;
    private readonly DiagnosticBag diagnostics;
    private readonly ConcurrentDictionary<MachineSymbol, Lazy<IrProgram?>> compiled;
    private World world = World.Empty;
    private SaltSource salts = SaltSource.Fixed();
    private int steps;
    private FailureFrame? frame; // the arm or turn of the test that is run

    private TestRunner(BoundProgram program, IExecutionCheck? check, DiagnosticBag diagnostics, ConcurrentDictionary<MachineSymbol, Lazy<IrProgram?>> compiled) =>
        (this.program, this.check, this.diagnostics, this.compiled) = (program, check, diagnostics, compiled);

    /// <summary>Runs tests. What each gives does not depend on the others, and the results are in the order of the tests.</summary>
    /// <param name="program">A program without errors.</param>
    /// <param name="filter">Which tests to run; null for all.</param>
    /// <param name="check">What every call's run is compared with, such as the circuit; null for nothing. It is asked by several tests at once.</param>
    /// <param name="diagnostics">Where machines that are too large are reported.</param>
    /// <param name="propertyRuns">How many lists of values a property is tried with.</param>
    /// <param name="threads">How many tests run at once; 0 for as many as there are processors.</param>
    /// <param name="cancellation">Stops between tests.</param>
    public static ImmutableArray<TestResult> Run(
        BoundProgram program,
        Func<BoundTest, bool>? filter,
        IExecutionCheck? check,
        DiagnosticBag diagnostics,
        int propertyRuns = DefaultPropertyRuns,
        int threads = 0,
        CancellationToken cancellation = default)
    {
        var compiled = new ConcurrentDictionary<MachineSymbol, Lazy<IrProgram?>>(ReferenceEqualityComparer.Instance);
        var tests = program.Tests.Where(t => filter is null || filter(t)).ToList();
        var results = new TestResult[tests.Count];
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
        Parallel.For(0, tests.Count, options, i =>
        {
            var runner = new TestRunner(program, check, diagnostics, compiled);
            results[i] = tests[i].Parameters.IsEmpty ? runner.Run(tests[i], []) : runner.RunProperty(tests[i], propertyRuns, cancellation);
        });
        return [.. results];
    }

    private TestResult Run(BoundTest test, ImmutableArray<Concrete> values)
    {
        frame = null;
        (world, salts, steps) = (World.Empty with { Check = check }, SaltSource.Fixed(), 0);
        world = world with { Values = world.Values.AddRange(test.Parameters.Zip(values, KeyValuePair.Create)) };
        try
        {
            return new(test, Execute(test.Body), steps);
        }
        catch (TooLargeException tooLarge)
        {
            lock (diagnostics)
                diagnostics.Report(DiagnosticTable.UnrolledTextTooLarge, tooLarge.Span, BodyLowering.Limit);
            return new(test, new(MarkOf(tooLarge.Span), "too large to run", null), steps);
        }
    }

    private TestFailure? Execute(BoundBlock block)
    {
        foreach (var statement in block.Statements)
        {
            if (Execute(statement) is { } failure)
                return failure;
        }

        return block.Value is BoundBlock or BoundConditional ? Execute(new BoundEffect(block.Value.Span, block.Value)) : null;
    }

    private TestFailure? Execute(BoundStatement statement)
    {
        switch (statement)
        {
            case BoundLet { Value: BoundConstruct making } let:
                return New(let.Local, making);
            case BoundAt at:
                var (time, noTime) = TestBody.Evaluate(at.Time, world);
                if (time is not ConcreteNumber now)
                    return Fail(at.Span, noTime!);
                world = world with { Now = now.Numerator };
                return null;
            case BoundCall call:
                return Call(call);
            case BoundReject reject:
                return Reject(reject);
            case BoundFor loop:
                for (var i = 0; i < loop.Count; i++)
                {
                    world = world with { Values = world.Values.SetItem(loop.Variable, new ConcreteNumber(loop.From + i, 1, 0)) };
                    if (Within(FrameKind.Turn, FailureText.Turn(loop, i), loop.Span, loop.Body) is { } failure)
                        return failure;
                }

                return null;
            case BoundEffect { Expression: BoundBlock block }:
                return Execute(block);
            case BoundEffect { Expression: BoundConditional choice }:
                var (condition, noCondition) = TestBody.Evaluate(choice.Condition, world);
                if (condition is not ConcreteScalar { Value.IsTrue: var holds })
                    return Fail(choice.Condition.Span, noCondition!);
                var taken = holds ? choice.Then : choice.Else;
                return FailureText.Arm(choice, holds) is { } arm ? Within(arm.Kind, arm.Text, arm.Span, taken) : Execute(new BoundEffect(taken.Span, taken));
            default:
                var (after, failed) = TestBody.Execute(statement, world);
                if (failed is not null)
                    return Fail(statement.Span, failed);
                world = after;
                return null;
        }
    }

    private TestFailure? Within(FrameKind kind, string text, SourceSpan span, BoundExpression part)
    {
        var outer = frame;
        frame = new(outer, kind, text, MarkOf(span));
        var failure = Execute(new BoundEffect(part.Span, part));
        failure = failure is { Path.IsEmpty: true } ? failure with { Path = FailureFrame.PathTo(frame) } : failure;
        frame = outer;
        return failure;
    }

    private TestFailure? New(LocalSymbol local, BoundConstruct making)
    {
        var symbol = making.Machine.Machine;
        if (Compile(symbol) is not { } machine)
            return new(MarkOf(making.Span), $"{symbol.Name} is too large to run", null);
        var (values, failure) = TestBody.Evaluate(making.Values, world);
        if (values is null)
            return Fail(making.Span, failure!);
        var byOrdinal = making.Order.Zip(values).ToDictionary(p => p.First, p => p.Second);
        var instance = MachineInstance.New(symbol, machine, f => byOrdinal[f.Ordinal].Scalars(), salts);
        world = world with { Machines = world.Machines.SetItem(local, instance) };
        return null;
    }

    private TestFailure? Call(BoundCall call)
    {
        var (values, failure) = TestBody.Evaluate(call.Values, world);
        if (values is null)
            return Fail(call.Span, failure!);
        var arguments = new Dictionary<string, Scalar>(StringComparer.Ordinal);
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = call.Transition.Parameters[call.Order[i]];
            foreach (var (leaf, scalar) in Shape.LeavesOf(parameter.Type, $"args.{parameter.Name}").Zip(values[i].Scalars()))
                arguments.Add(leaf.Path, scalar);
        }

        steps++;
        var step = world.Machines[call.Machine].Step(call.Transition.Ordinal, arguments, world.Now, world.Now, salts, new TestSigners([.. call.Signers.Select(s => TestKeys.Of(s.Name))], [.. values.SelectMany(v => v.Signed()).Select(s => s.Datum)]), proofs: new TypedMocks(arguments));
        if (step.Inputs is { } inputs && check?.Compare(step.Before.Program, step.Function, inputs, step.Result) is { } difference)
            return new(MarkOf(call.Span), $"interpreter and circuit differ: {difference}", step.Result.Failure);
        if (step.After is null)
            return Fail(call.Span, step.Result.Failure!);
        world = world.Settle(step) with { Machines = world.Machines.SetItem(call.Machine, step.After) };
        return null;
    }

    private TestFailure? Reject(BoundReject reject)
    {
        var before = world;
        var failure = Execute(reject.Body);
        world = before;
        if (failure is null)
            return new(MarkOf(reject.Span), $"expected {reject.Error.Name}, and nothing failed", null);
        return failure.Cause is { } cause && cause.Failure.Name == reject.Error.QualifiedName
            ? null
            : failure with { Message = $"expected {reject.Error.Name}, got {failure.Message}" };
    }

    private IrProgram? Compile(MachineSymbol symbol) => compiled.GetOrAdd(symbol, s => new(() =>
    {
        var bag = new DiagnosticBag();
        var machine = Compilation.Lower(new(s.Name, program.MachineOf(s), null), bag);
        lock (diagnostics)
            diagnostics.AddRange(bag.ToSorted());
        return machine;
    })).Value;

    private static TestFailure Fail(SourceSpan span, RunFailure failure) =>
        new(MarkOf(span), failure.Message.Length == 0 ? failure.Name : $"{failure.Name}: {failure.Message}", failure);

    private static IrMark MarkOf(SourceSpan span) => new(span.File.Path, span.Line, span.Column, span.EndLine, span.EndColumn, FailureText.Excerpt(span));
}
