using System.Collections.Immutable;
using System.Globalization;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>
/// Lowers a transition: opens the record before the step, checks the time, runs the body, checks the invariants, and makes the record after
/// the step and the public statement.
/// </summary>
internal sealed class TransitionLowering
{
    private readonly MachineSymbol machine;
    private readonly BoundMachine bound;
    private readonly BoundTransition transition;
    private readonly RecordLayout layout;
    private readonly FoldingBuilder builder = new();
    private readonly List<IrOutput> outputs = [];
    private readonly ImmutableArray<ImmutableArray<Value>> zeroState;

    private TransitionLowering(BoundMachine bound, BoundTransition transition)
    {
        (this.bound, this.transition, machine) = (bound, transition, bound.Symbol);
        layout = new(machine);
        zeroState = [.. machine.States.Select(s => s.Fields.Select(f => Zero(f.Type)).ToImmutableArray())];
    }

    /// <summary>True where the machine can only be fresh from <c>new</c>: then all that steps change is known.</summary>
    private bool IsFirst => transition.Symbol.Sources is [{ IsInitial: true }];

    public static IrFunction Run(BoundMachine machine, BoundTransition transition) => new TransitionLowering(machine, transition).Run(null);

    /// <summary>The transition with an output <c>reached.i</c> for each statement of its text, and where those stand: for the interpreter, which tells what a run reaches.</summary>
    public static (IrFunction Function, ImmutableArray<IrMark> Marks) RunTraced(BoundMachine machine, BoundTransition transition)
    {
        var reached = new List<(IrMark Mark, IrValue Reached)>();
        var function = new TransitionLowering(machine, transition).Run(reached);
        return (function, [.. reached.Select(r => r.Mark)]);
    }

    private IrFunction Run(List<(IrMark Mark, IrValue Reached)>? reached)
    {
        // Inputs.
        var program = EntryPoint.Input(builder, "programId", IrInputRole.Program, ScalarLayout.Digest, ScalarFormat.Digest);
        var (from, to) = (EntryPoint.Time(builder, "now.from", IrInputRole.NotBefore), EntryPoint.Time(builder, "now.to", IrInputRole.NotAfter));
        var data = machine.Data.Select(Open).ToImmutableArray();
        var fixedSalt = layout.HasFixedSalt ? EntryPoint.Salt(builder, RecordLayout.FixedSalt) : (IrValue?)null;
        var before = OpenContent(data);
        var nextSalt = layout.HasRestSalt ? EntryPoint.Salt(builder, RecordLayout.NextSalt) : (IrValue?)null;
        var (arguments, publicArguments, allArguments) = EntryPoint.Arguments(builder, transition.Symbol.Parameters);

        // Where the step starts.
        var instance = layout.Instance(builder, f => Shape.ScalarsOf(f.Type, data[f.Ordinal]), fixedSalt);
        var preRoot = layout.Root(builder, instance, before);
        CheckState(before.State);
        builder.Require(
            builder.LessOrEqual(from, to),
            EntryPoint.TimeFailure("now.from ", from, " is after now.to ", to));
        builder.Require(
            builder.LessOrEqual(before.LastNotBefore, from),
            EntryPoint.TimeFailure("now.from ", from, " is before the last step's ", before.LastNotBefore));

        // The body.
        var body = new BodyLowering(builder)
        {
            Now = (from, to),
            Reached = reached,
            Proofs = [.. InnerPrograms.Among(transition.Symbol.Parameters)],
            ZeroState = zeroState,
            State = before.State,
            Scope = new(arguments, [.. machine.Data.Select(f => f.IsVault ? null : data[f.Ordinal])], null),
        };
        foreach (var vault in machine.Data.Where(f => f.IsVault))
            body.Vaults.Add(vault.Ordinal, ((NumberValue)data[vault.Ordinal]).Numerator);
        body.Before = (body.Scope.Data, before.State, new(body.Vaults));
        if (!transition.Authority.IsEmpty)
        {
            Authorize(body, builder.Hash(
                DomainTag.Authorization,
                new(program, ScalarLayout.Digest),
                new(instance, ScalarLayout.Digest),
                new(builder.Hash(DomainTag.SignedArguments, [.. allArguments]), ScalarLayout.Digest),
                new(preRoot, ScalarLayout.Digest),
                new(builder.Constant(transition.Symbol.Ordinal), ScalarLayout.Tag),
                new(before.Sequence, ScalarLayout.Sequence)));
        }

        body.Lower(transition.Body);

        // Where it ends.
        var after = new RecordContent(
            body.Scope.After ?? throw new InvalidOperationException("compiler bug: a path without become or stay"),
            builder.Narrow(
                builder.Add(before.Sequence, builder.Constant(1)),
                ScalarLayout.Sequence.Interval,
                IrFailure.Of(FailureKind.Range, ErrorSymbol.OutOfRange.Name, "the machine has made all the steps it can")),
            from,
            f => f.IsVault ? [body.Vaults[f.Ordinal]] : Shape.ScalarsOf(f.Type, body.Scope.Data[f.Ordinal]!),
            nextSalt);
        body.State = after.State;
        foreach (var ensures in transition.Ensures)
        {
            builder.Mark = body.MarkOf(ensures.Span);
            body.Require(ensures, ErrorSymbol.EnsuresBroken.Name, FailureKind.Ensures, $"{transition.Symbol.Name} ensures: ");
        }

        foreach (var invariant in bound.Invariants)
        {
            builder.Mark = body.MarkOf(invariant.Span);
            body.Require(invariant.Condition, ErrorSymbol.InvariantBroken.Name, FailureKind.Invariant, $"invariant {invariant.Name}: ");
        }

        builder.Mark = IrMark.None;
        var postRoot = layout.Root(builder, instance, after);
        outputs.AddRange(body.Signatures.Outputs);
        AddOutputs(after);
        for (var i = 0; i < reached?.Count; i++)
            outputs.Add(new(ReachedName(i), IrOutputRole.Event, reached[i].Reached, ScalarLayout.Boolean, ScalarFormat.Boolean));
        var (flows, events) = (Slots.Flows(builder, body.Receipts, outputs), Slots.Events(builder, EventsOf(body), body.Events, outputs));
        var notBefore = new IrPublic("notBefore", from, ScalarLayout.Time);
        var function = builder.Build(
            transition.Symbol.Name,
            IrFunctionKind.Transition,
            transition.Symbol.Ordinal,
            [
                EntryPoint.Digest("programId", program),
                new("transition", builder.Constant(transition.Symbol.Ordinal), ScalarLayout.Tag),
                EntryPoint.Digest("preRoot", preRoot),
                EntryPoint.Digest("postRoot", postRoot),
                EntryPoint.Digest("argumentsDigest", builder.Hash(DomainTag.Arguments, [.. publicArguments])),
                EntryPoint.Digest("flowsDigest", flows),
                EntryPoint.Digest("eventsDigest", events),
                notBefore,
                new("notAfter", to, ScalarLayout.Time),
            ],
            outputs);
        return function with
        {
            Accesses = body.Maps.All,
            Signatures = body.Signatures.All,
            Proofs = InnerPrograms.Of(transition.Symbol.Parameters),
            Budget = transition.Symbol.Budget,
            Receipts = [.. body.Receipts.Select(r => r.Slot)],
            Events = Slots.EventSlots(EventsOf(body), body.Events),
        };
    }

    /// <summary>The name of the output that tells whether a statement is reached.</summary>
    public static string ReachedName(int statement) => string.Create(CultureInfo.InvariantCulture, $"reached.{statement}");

    /// <summary>The events by tag less one: the machine's own in source order, then others it emits, by name.</summary>
    private IReadOnlyList<EventSymbol> EventsOf(BodyLowering body) =>
    [
        .. machine.Events,
        .. body.Events.Select(e => e.Event).Distinct().Where(e => !machine.Events.Contains(e)).OrderBy(e => e.QualifiedName, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Requires a signature of each party. What they sign names program, instance, transition, all arguments, the record before the step and how many steps it has
    /// made: so a signature is good for this one step.
    /// </summary>
    private void Authorize(BodyLowering body, IrValue message)
    {
        for (var i = 0; i < transition.Authority.Length; i++)
        {
            var party = transition.Authority[i];
            builder.Mark = body.MarkOf(party.Span);
            var key = ((ScalarValue)body.Lower(party)).Scalar;
            builder.Require(
                builder.Equal(body.Signatures.SignerOfStep(i, key, message), key),
                FailureText.NotSigned(party.Span, isAsked: true));
            body.Signers.Add(key);
        }

        builder.Mark = IrMark.None;
    }

    private Value Open(FieldSymbol field) => field.StartsEmpty && IsFirst
        ? field.Type is MapType map ? new ScalarValue(builder.Constant(Constraints.Maps.EmptySubtrees.Of(map.Levels))) : Zero(field.Type)
        : EntryPoint.Value(builder, field.Type, RecordLayout.LeavesOf(field), IrInputRole.Record);

    private RecordContent OpenContent(ImmutableArray<Value> data)
    {
        var sources = transition.Symbol.Sources;
        var isKnown = sources.Length == 1;
        var tag = isKnown
            ? builder.Constant(sources[0].Tag)
            : EntryPoint.Input(builder, RecordLayout.State, IrInputRole.Record, ScalarLayout.Tag, ScalarFormat.Integer);
        var zero = builder.Constant(0);
        var sequence = IsFirst ? zero : EntryPoint.Input(builder, RecordLayout.Sequence, IrInputRole.Record, ScalarLayout.Sequence, ScalarFormat.Integer);
        var last = IsFirst ? zero : EntryPoint.Time(builder, RecordLayout.LastNotBefore, IrInputRole.Record);

        // The fields of states it cannot be in are zero, as every step leaves them.
        var fields = machine.States.Select(state => state.Fields.Select(field => sources.Contains(state)
            ? EntryPoint.Value(builder, field.Type, Optional(RecordLayout.LeavesOf(state, field), isKnown), IrInputRole.Record)
            : Zero(field.Type)).ToImmutableArray());
        return new(
            new(tag, [.. fields]),
            sequence,
            last,
            f => Shape.ScalarsOf(f.Type, data[f.Ordinal]),
            layout.HasRestSalt ? EntryPoint.Salt(builder, RecordLayout.RestSalt) : null);
    }

    /// <summary>A refined type need not hold zero, which the fields of a state have while the machine is in another.</summary>
    private static IEnumerable<Leaf> Optional(IEnumerable<Leaf> leaves, bool isKnown) => isKnown ? leaves : leaves.Select(Shape.WithZero);

    private void CheckState(StateValue state)
    {
        if (transition.Symbol.Sources.Length == 1)
            return;
        var isSource = builder.Constant(false);
        foreach (var source in transition.Symbol.Sources)
            isSource = builder.Or(isSource, builder.Equal(state.Tag, builder.Constant(source.Tag)));
        builder.Require(isSource, new(
            FailureKind.State,
            ErrorSymbol.WrongState.Name,
            [new MessagePart($"{transition.Symbol.Name} does not start from state "), new MessagePart("", state.Tag, null, ScalarFormat.Integer)]));
    }

    private void AddOutputs(RecordContent after)
    {
        outputs.Add(new(RecordLayout.State, IrOutputRole.Record, after.State.Tag, ScalarLayout.Tag, ScalarFormat.Integer));
        outputs.Add(new(RecordLayout.Sequence, IrOutputRole.Record, after.Sequence, ScalarLayout.Sequence, ScalarFormat.Integer));
        outputs.Add(new(RecordLayout.LastNotBefore, IrOutputRole.Record, after.LastNotBefore, ScalarLayout.Time, ScalarFormat.Time));
        foreach (var (_, leaves, scalars) in layout.Rest(after))
            outputs.AddRange(leaves.Zip(scalars, (l, s) => new IrOutput(l.Path, IrOutputRole.Record, s, l.Layout, l.Format)));
        if (after.Salt is { } salt)
            outputs.Add(new(RecordLayout.RestSalt, IrOutputRole.Record, salt, ScalarLayout.Digest, ScalarFormat.Digest));
    }

    private Value Zero(TenorType type) => Shape.Zero(builder, type);
}
