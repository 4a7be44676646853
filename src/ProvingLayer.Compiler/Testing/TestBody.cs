using System.Collections.Immutable;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Testing;

/// <summary>
/// A test's expressions and plain statements, lowered and run like any other text; what they ask of machines and flows is constant by the
/// time they are reached.
/// </summary>
internal sealed partial class TestBody : BodyLowering
{
    private readonly World world;

    /// <summary>The machine whose maps are read.</summary>
    private MachineInstance? looking;

    private TestBody(IrBuilder builder, World world)
        : base(builder)
    {
        this.world = world;
        Scope = Scope with { Locals = Scope.Locals.AddRange(world.Values.Select(v => KeyValuePair.Create(v.Key, v.Value.Write(builder)))) };
    }

    /// <summary>The value of an expression, or the check that fails in it.</summary>
    public static (Concrete? Value, RunFailure? Failure) Evaluate(BoundExpression expression, World world)
    {
        var body = new TestBody(new FoldingBuilder(), world);
        var value = body.Lower(expression);
        return body.Run() is { } failure ? (null, failure) : (Concrete.Of(body.Builder, value), null);
    }

    /// <summary>The values of expressions in order, or the first check that fails.</summary>
    public static (Concrete[]? Values, RunFailure? Failure) Evaluate(IReadOnlyList<BoundExpression> expressions, World world)
    {
        var values = new Concrete[expressions.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (value, failure) = Evaluate(expressions[i], world);
            if (value is null)
                return (null, failure);
            values[i] = value;
        }

        return (values, null);
    }

    /// <summary>The world after a statement that calls no machine, or the check that fails in it.</summary>
    public static (World World, RunFailure? Failure) Execute(BoundStatement statement, World world)
    {
        var body = new TestBody(new FoldingBuilder(), world);
        body.Lower(statement);
        if (body.Run() is { } failure)
            return (world, failure);
        var values = world.Values.SetItems(body.Scope.Locals.Select(l => KeyValuePair.Create(l.Key, Concrete.Of(body.Builder, l.Value))));
        return (world with { Values = values }, null);
    }

    protected override Value LowerTestNode(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundProve prove:
                return Prove(prove);
            case BoundProveHistory prove:
                return Prove(prove);
            case BoundMachineRoot root:
                return new ScalarValue(Builder.Constant(world.Machines[root.Machine].Root));
            case BoundTestKey key:
                return new ScalarValue(Builder.Constant(Digests.OfTestKey(key.Name)));
            case BoundSign sign:
                return new SignedValue(Lower(sign.Operand), sign.Operand.Type, Scalar(sign.Key));
            case BoundMachineField field:
                return Shape.Build(field.Type, new(world.Machines[field.Machine].ScalarsOf(field.Field).Select(Builder.Constant)));
            case BoundMachineMapRead read:
                var outer = looking;
                looking = world.Machines[read.Machine];
                var found = Lower(read.Read);
                looking = outer;
                return found;
            case BoundViewCall call:
                return Look(world.Machines[call.Machine], call.View, [.. call.Order.Zip(call.Arguments.Select(Lower)).OrderBy(a => a.First).Select(a => a.Second)], call.Span);
            case BoundMachineBalance balance:
                var places = ((VaultType)balance.Vault.Type).Balance.Places;
                return new NumberValue(Builder.Constant(world.Machines[balance.Machine].BalanceOf(balance.Vault)), null, places);
            case BoundMachineIsState isState:
                return new ScalarValue(Builder.Constant(world.Machines[isState.Machine].State.Tag == isState.State.Tag));
            case BoundFlow flow:
                var party = Builder.KnownValue(Scalar(flow.Party)) ?? throw new InvalidOperationException("compiler bug: a party that is not known");
                return new NumberValue(
                    Builder.Constant(world.Flows.GetValueOrDefault((party.Digest, flow.Asset.QualifiedName))),
                    null,
                    flow.Asset.Decimals!.Value);
            default:
                return base.LowerTestNode(expression);
        }
    }

    // A test knows who signed what: nothing has to be asked for.
    protected override IrValue HasSigned(SignedValue data, IrValue key) =>
        data.Signer is { } signer ? Builder.Equal(signer, key) : Builder.Constant(false);

    // What is asked of a map is known by the time it is asked, and so is the answer; but for a key that a check before refuses.
    protected override ImmutableArray<IrValue> Read(FieldSymbol map, ImmutableArray<IrValue> key, Presence presence, IrFailure failure)
    {
        var entries = looking!.Maps[RecordLayout.LeavesOf(map).Single().Path];
        var (outcome, value) = (MapOutcome.Absent, ImmutableArray<Scalar>.Empty);
        if (key.All(k => Builder.KnownValue(k) is not null))
            outcome = entries.Find([.. key.Select(k => Builder.KnownValue(k)!.Value)], out value);
        var exists = outcome == MapOutcome.Done;
        Arithmetic.Require(Builder.Constant(exists || (presence == Presence.May && outcome == MapOutcome.Absent)), failure);
        var scalars = exists ? value : [.. Shape.LeavesOf(((MapType)map.Type).Value, "").Select(l => presence == Presence.May ? Constraints.Encoding.Scalar.Zero(l.Type.Kind) : Interpreter.Harmless(l.Type))];
        return presence == Presence.May ? [Builder.Constant(exists), .. scalars.Select(Builder.Constant)] : [.. scalars.Select(Builder.Constant)];
    }

    private Value Look(MachineInstance machine, BoundFunction view, IReadOnlyList<Value> arguments, SourceSpan span)
    {
        // In 'init' a machine has no state that a view could match.
        var failure = IrFailure.Of(FailureKind.State, ErrorSymbol.WrongState.Name, $"{machine.Symbol.Name} has made no step, and {view.Name} reads one that has");
        Arithmetic.Require(Builder.Constant(!machine.State.IsInitial), failure);
        if (machine.State.IsInitial)
            return Shape.Zero(Builder, view.ResultType);
        var (scope, state, vaults) = (Scope, State, Vaults);
        Scope = Scope with { Data = [.. machine.Symbol.Data.Select(f => f.IsVault ? null : Written(f.Type, machine.ScalarsOf(f)))] };
        Vaults = machine.Symbol.Data.Where(f => f.IsVault).ToDictionary(f => f.Ordinal, f => Builder.Constant(machine.BalanceOf(f)));
        State = new(
            Builder.Constant(machine.State.Tag),
            [.. machine.Symbol.States.Select(s => ImmutableArray.CreateRange(s.Fields, f => s == machine.State ? Written(f.Type, machine.ScalarsOfState(f)) : Shape.Zero(Builder, f.Type)))]);
        var outer = looking;
        looking = machine;
        var value = Invoke(view, arguments, span);
        looking = outer;
        (Scope, State, Vaults) = (scope, state, vaults);
        return value;
    }

    private Value Written(TenorType type, IEnumerable<Scalar> scalars) => Shape.Build(type, new(scalars.Select(Builder.Constant)));

    private RunFailure? Run() => Interpreter.Run(Builder.Build("test", IrFunctionKind.Expression, 0, [], []), []).Failure;
}
