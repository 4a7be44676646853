using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>Lowers a statement: its arguments in, its result out.</summary>
internal static class StatementLowering
{
    public static IrFunction Run(BoundStatementDeclaration statement)
    {
        var builder = new FoldingBuilder();
        var program = EntryPoint.Input(builder, "programId", IrInputRole.Program, ScalarLayout.Digest, ScalarFormat.Digest);
        var (arguments, publicArguments, _) = EntryPoint.Arguments(builder, statement.Parameters);
        var body = new BodyLowering(builder) { Scope = Scope.Empty with { Locals = arguments }, Proofs = [.. InnerPrograms.Among(statement.Parameters)] };
        var result = body.Lower(statement.Body);
        builder.Mark = IrMark.None;
        var leaves = Shape.LeavesOf(statement.ResultType, "result").ToList();
        var scalars = Shape.ScalarsOf(statement.ResultType, result).ToList();
        var function = builder.Build(
            statement.Name,
            IrFunctionKind.Statement,
            0,
            [
                EntryPoint.Digest("programId", program),
                EntryPoint.Digest("argumentsDigest", builder.Hash(DomainTag.Arguments, [.. publicArguments])),
                EntryPoint.Digest("resultDigest", builder.Hash(DomainTag.Result, [.. leaves.Zip(scalars, (l, s) => new IrPart(s, l.Layout))])),
            ],
            [.. leaves.Zip(scalars, (l, s) => new IrOutput(l.Path, IrOutputRole.Result, s, l.Layout, l.Format)), .. body.Signatures.Outputs]);
        return function with { Signatures = body.Signatures.All, Proofs = InnerPrograms.Of(statement.Parameters) };
    }
}
