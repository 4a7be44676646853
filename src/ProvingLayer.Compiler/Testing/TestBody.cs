using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Testing;

/// <summary>
/// A test's expressions and plain statements, lowered and run like any other text; what they ask of machines and flows is constant by the
/// time they are reached.
/// </summary>
internal sealed class TestBody : BodyLowering
{
    private readonly World world;

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
            case BoundTestKey key:
                return new ScalarValue(Builder.Constant(Digests.OfTestKey(key.Name)));
            case BoundMachineField field:
                return Shape.Build(field.Type, new(world.Machines[field.Machine].ScalarsOf(field.Field).Select(Builder.Constant)));
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

    private RunFailure? Run() => Interpreter.Run(Builder.Build("test", IrFunctionKind.Expression, 0, [], []), []).Failure;
}
